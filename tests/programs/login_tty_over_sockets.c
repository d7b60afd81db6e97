/* SPDX-License-Identifier: MIT
 *
 * login_tty puts a terminal onto 0, 1 and 2, which were sockets.
 */
#include "loopback.h"

#include <pty.h>
#include <utmp.h>
#include <sys/wait.h>

int main(void)
{
	int master, slave, fd = udp_bound(), status;
	pid_t child;

	if (openpty(&master, &slave, NULL, NULL, NULL) < 0)
		skip("no terminal");
	child = (pid_t)MUST(fork());
	if (!child) {
		checkpoint_in = (int)MUST(dup(STDIN_FILENO));
		checkpoint_out = (int)MUST(dup(STDOUT_FILENO));
		for (int i = 0; i < 2; i++)
			MUST(dup2(fd, i));
		checkpoint("before %d", getpid());
		MUST(login_tty(slave));
		checkpoint("after %d", getpid());
		_exit(0);
	}
	MUST(waitpid(child, &status, 0));
	say("status %d", status);
	return 0;
}
