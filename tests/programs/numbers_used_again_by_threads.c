/* SPDX-License-Identifier: MIT
 *
 * Four threads open and close all the time: a number goes from thread to thread.
 */
#include "loopback.h"

#include <pthread.h>

static void *cycle(void *last)
{
	int fd = -1;

	for (int i = 0; i < 20000; i++) {
		if (fd >= 0)
			MUST(close(fd));
		fd = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	}
	*(int *)last = fd;
	return NULL;
}

int main(void)
{
	pthread_t threads[4];
	int last[4];

	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, cycle, &last[i]);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	checkpoint("last %d %d %d %d", last[0], last[1], last[2], last[3]);
	return 0;
}
