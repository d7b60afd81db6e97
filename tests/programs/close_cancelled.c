/* SPDX-License-Identifier: MIT
 *
 * A thread is cancelled in close: the descriptor stays open.
 */
#include "loopback.h"

#include <pthread.h>

static void *closer(void *fd)
{
	pthread_cancel(pthread_self());
	close(*(int *)fd);
	return NULL;
}

int main(void)
{
	int fd = udp_bound();
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, closer, &fd);
	pthread_join(thread, &result);
	TELL(result == PTHREAD_CANCELED);
	checkpoint("kept %d", fd);
	MUST(close(fd));
	checkpoint("closed %d", fd);
	return 0;
}
