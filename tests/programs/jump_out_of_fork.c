/* SPDX-License-Identifier: MIT
 *
 * A signal arrives in the first moments of a child, and its handler leaves fork by a jump.
 */
#include "loopback.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>

enum { CHILDREN = 200, SOCKETS = 200, LONGEST_US = 300 };

static sigjmp_buf back;

static void leave(int number)
{
	(void)number;
	siglongjmp(back, 1);
}

/* Whatever moment the signal met, the child closes one socket and opens one. */
static pid_t fork_and_interrupt(int moment_us, int fd)
{
	volatile pid_t parent = getpid(), child = -1;

	if (!sigsetjmp(back, 1))
		child = fork();
	if (getpid() != parent) {
		signal(SIGUSR1, SIG_IGN);
		if (close(fd) < 0 || socket(AF_UNIX, SOCK_STREAM, 0) != fd)
			_exit(1);
		_exit(0);
	}
	usleep((useconds_t)moment_us);
	kill(MUST(child), SIGUSR1);
	return child;
}

int main(void)
{
	int first = udp_bound(), bad = 0, status;

	for (int i = 1; i < SOCKETS; i++)
		MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	signal(SIGUSR1, leave);
	for (int i = 0; i < CHILDREN; i++) {
		MUST(waitpid(fork_and_interrupt(i * LONGEST_US / CHILDREN, first), &status, 0));
		bad += status != 0;
	}
	signal(SIGUSR1, SIG_DFL);
	say("bad %d", bad);
	checkpoint("kept %d %d", first, CHILDREN);
	return 0;
}
