/* SPDX-License-Identifier: MIT
 *
 * As inetd: a child of vfork puts a connection on a number and execs.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
	int pair[2], status;
	pid_t child;

	if (argc > 1) {
		checkpoint("image %d %d", getpid(), 50);
		MUST(send(50, "inetd", 5, 0));
		checkpoint("sent %d %d", getpid(), 50);
		return 0;
	}
	tcp_pair(pair);
	for (int i = 0; i < 2; i++)
		MUST(fcntl(pair[i], F_SETFD, FD_CLOEXEC));
	child = vfork();
	if (!child) {
		dup2(pair[1], 50);
		execl(argv[0], argv[0], "image", (char *)NULL);
		_exit(9);
	}
	MUST(waitpid(child, &status, 0));
	say("status %d", status);
	checkpoint("kept %d %d", pair[0], pair[1]);
	return 0;
}
