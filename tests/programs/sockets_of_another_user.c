/* SPDX-License-Identifier: MIT
 *
 * A program gives up root, opens sockets, forks and execs.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
	int before, after, status;
	pid_t child;

	if (argc > 1) {
		checkpoint("image %d %s %s", getpid(), argv[1], argv[2]);
		return 3;
	}
	before = tcp_listener(1);
	errno = 0;
	if (geteuid() || setgid(65534) < 0 || setuid(65534) < 0)
		skip("no root to give up");
	if (access(argv[0], X_OK) < 0)
		skip("nobody may not reach this folder");
	after = tcp_listener(2);
	child = (pid_t)MUST(fork());
	if (!child) {
		char numbers[2][16];

		checkpoint("child %d %d %d", getpid(), before, after);
		snprintf(numbers[0], sizeof(numbers[0]), "%d", before);
		snprintf(numbers[1], sizeof(numbers[1]), "%d", after);
		execl(argv[0], argv[0], numbers[0], numbers[1], (char *)NULL);
		_exit(9);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	checkpoint("nobody %d %d", before, after);
	return 0;
}
