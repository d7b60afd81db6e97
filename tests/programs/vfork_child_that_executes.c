/* SPDX-License-Identifier: MIT
 *
 * A vfork child closes and moves descriptors, which the parent keeps, and executes a program.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
	int pair[2], moved, status;
	pid_t child;

	if (argc > 1) {
		checkpoint("image %d %d", getpid(), atoi(argv[1]));
		return 8;
	}
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	moved = pair[1] + 5;
	child = (pid_t)MUST(vfork());
	if (!child) {
		char number[16];

		close(pair[0]);
		dup2(pair[1], moved);
		close(pair[1]);
		snprintf(number, sizeof(number), "%d", moved);
		execl("/nonexistent", argv[0], (char *)NULL);
		execl(argv[0], argv[0], number, (char *)NULL);
		_exit(7);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	TELL(send(pair[0], "x", 1, 0));
	checkpoint("parent %d %d %d", pair[0], pair[1], moved);
	return 0;
}
