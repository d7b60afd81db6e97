/* SPDX-License-Identifier: MIT
 *
 * A thread leaves the descriptor table of its process.
 */
#include "loopback.h"

#include <pthread.h>
#include <sched.h>
#include <sys/stat.h>

static void *loner(void *shared)
{
	MUST(unshare(CLONE_FILES));
	MUST(close(*(int *)shared));
	MUST(dup2(MUST(socket(AF_INET, SOCK_STREAM, 0)), 90));
	MUST(close(90));
	return NULL;
}

/* pthread_join comes back a little before the kernel has forgotten the thread. */
static void wait_until_alone(void)
{
	struct stat tasks;

	while (!stat("/proc/self/task", &tasks) && tasks.st_nlink > 3)
		sched_yield();
}

int main(void)
{
	int fd = udp_bound();
	pthread_t thread;

	pthread_create(&thread, NULL, loner, &fd);
	pthread_join(thread, NULL);
	wait_until_alone();
	checkpoint("kept %d", fd);
	return 0;
}
