/* SPDX-License-Identifier: MIT
 *
 * A handler jumps out of a recv that waits; the socket goes on.
 */
#include "loopback.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

static sigjmp_buf back;

static void ring(int number)
{
	siglongjmp(back, number);
}

int main(void)
{
	struct sigaction action = { .sa_handler = ring };
	struct itimerval soon = { .it_value.tv_usec = 2000 };
	static volatile int jumps;
	int pair[2];
	char byte;

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	sigaction(SIGALRM, &action, NULL);
	if (sigsetjmp(back, 1))
		jumps++;
	if (jumps < 50) {
		setitimer(ITIMER_REAL, &soon, NULL);
		recv(pair[0], &byte, 1, 0);
	}
	say("jumps %d", jumps);
	MUST(send(pair[1], "x", 1, 0));
	TELL(recv(pair[0], &byte, 1, 0));
	checkpoint("received %d %d", pair[0], pair[1]);
	MUST(close(pair[0]));
	checkpoint("closed %d %d", pair[0], pair[1]);
	return 0;
}
