/* SPDX-License-Identifier: MIT
 *
 * A signal handler opens, dups and closes sockets while the program does the same.
 */
#include "loopback.h"

#include <signal.h>
#include <sys/time.h>

static volatile sig_atomic_t rung;

static void exercise(void)
{
	int pair[2], copy;
	char byte;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		_exit(4);
	copy = dup(pair[0]);
	if (copy < 0 || send(copy, "x", 1, 0) != 1 || recv(pair[1], &byte, 1, 0) != 1)
		_exit(5);
	if (close(copy) || close(pair[0]) || close(pair[1]))
		_exit(6);
}

static void ring(int number)
{
	int saved = errno;

	(void)number;
	exercise();
	rung++;
	errno = saved;
}

int main(void)
{
	struct sigaction action = { .sa_handler = ring, .sa_flags = SA_RESTART };
	struct itimerval often = { .it_interval.tv_usec = 200, .it_value.tv_usec = 200 };
	struct itimerval never = { .it_value.tv_usec = 0 };
	int fd = udp_bound();

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < 20000 || rung < 100; i++)
		exercise();
	setitimer(ITIMER_REAL, &never, NULL);
	checkpoint("kept %d", fd);
	return 0;
}
