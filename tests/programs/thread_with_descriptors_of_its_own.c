/* SPDX-License-Identifier: MIT
 *
 * A thread leaves the descriptor table of its process.
 */
#include "loopback.h"

#include <pthread.h>
#include <sched.h>

static void *loner(void *shared)
{
	MUST(unshare(CLONE_FILES));
	MUST(close(*(int *)shared));
	MUST(dup2(MUST(socket(AF_INET, SOCK_STREAM, 0)), 90));
	MUST(close(90));
	return NULL;
}

int main(void)
{
	int fd = udp_bound();
	pthread_t thread;

	pthread_create(&thread, NULL, loner, &fd);
	pthread_join(thread, NULL);
	checkpoint("kept %d", fd);
	return 0;
}
