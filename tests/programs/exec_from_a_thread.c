/* SPDX-License-Identifier: MIT
 *
 * A thread execs: the other threads vanish, the process goes on.
 */
#include "loopback.h"

#include <pthread.h>

static char **arguments;

static void *executor(void *number)
{
	execl(arguments[0], arguments[0], (char *)number, (char *)NULL);
	return NULL;
}

int main(int argc, char **argv)
{
	char number[16];
	pthread_t thread;

	if (argc > 1) {
		checkpoint("after %s", argv[1]);
		return 0;
	}
	arguments = argv;
	snprintf(number, sizeof(number), "%d", tcp_listener(5));
	pthread_create(&thread, NULL, executor, number);
	pthread_join(thread, NULL);
	return 1;
}
