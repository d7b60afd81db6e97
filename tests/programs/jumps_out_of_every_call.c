/* SPDX-License-Identifier: MIT
 *
 * A handler jumps out of whatever runs, thousands of times: out of the calls, and out of what is
 * done around them.
 */
#include "loopback.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

enum { JUMPS = 5000, NUMBERS = 1024 };

static sigjmp_buf back;
static volatile sig_atomic_t jumps;

static void ring(int number)
{
	jumps++;
	siglongjmp(back, number);
}

/* What it leaves open when it does not come to its end is closed afterwards. */
static void live(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);
	int pair[2], udp, copy, on = 1;
	char byte;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return;
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	copy = dup(pair[0]);
	bind(udp, SA(&address), sizeof(address));
	getsockname(udp, SA(&address), &size);
	connect(udp, SA(&address), size);
	setsockopt(udp, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on));
	sendto(udp, "x", 1, 0, SA(&address), size);
	send(copy, "x", 1, 0);
	recv(pair[1], &byte, 1, 0);
	dup2(udp, copy);
	shutdown(pair[0], SHUT_WR);
	close(udp);
	close(copy);
	close(pair[0]);
	close(pair[1]);
}

static void close_all(void)
{
	for (int fd = 3; fd < NUMBERS; fd++)
		close(fd);
}

int main(void)
{
	struct sigaction action = { .sa_handler = ring };
	struct itimerval often = { .it_interval.tv_usec = 211, .it_value.tv_usec = 211 };
	struct itimerval never = { .it_value.tv_usec = 0 };
	int fd, tcp;

	sigaction(SIGALRM, &action, NULL);
	sigsetjmp(back, 1);
	setitimer(ITIMER_REAL, &never, NULL);
	if (!(jumps % 50))
		close_all();
	setitimer(ITIMER_REAL, &often, NULL);
	while (jumps < JUMPS)
		live();
	setitimer(ITIMER_REAL, &never, NULL);
	close_all();
	fd = udp_bound();
	tcp = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	checkpoint("calm %d %d", fd, tcp);
	return 0;
}
