/* SPDX-License-Identifier: MIT
 *
 * A thread forks while other threads use sockets.
 */
#include "loopback.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

static atomic_int stop;

static void *user(void *unused)
{
	while (!stop)
		MUST(close((int)MUST(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0))));
	return unused;
}

static void *forker(void *unused)
{
	int status, bad = 0;

	for (int i = 0; i < 100; i++) {
		pid_t child = (pid_t)MUST(fork());

		if (!child) {
			MUST(close((int)MUST(socket(AF_INET, SOCK_STREAM, 0))));
			_exit(7);
		}
		MUST(waitpid(child, &status, 0));
		bad += WEXITSTATUS(status) != 7;
	}
	say("bad %d", bad);
	return unused;
}

int main(void)
{
	pthread_t users[2], thread;
	int fd = udp_bound();

	for (int i = 0; i < 2; i++)
		pthread_create(&users[i], NULL, user, NULL);
	pthread_create(&thread, NULL, forker, NULL);
	pthread_join(thread, NULL);
	stop = 1;
	for (int i = 0; i < 2; i++)
		pthread_join(users[i], NULL);
	checkpoint("kept %d", fd);
	return 0;
}
