/* SPDX-License-Identifier: MIT
 *
 * A program changes its root directory and goes on opening sockets.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(void)
{
	int before = tcp_listener(1), after, status;
	pid_t child;

	if (chroot("/proc/self/task") < 0)
		skip("no chroot");
	MUST(chdir("/"));
	after = tcp_listener(2);
	child = (pid_t)MUST(fork());
	if (!child) {
		checkpoint("child %d %d %d", getpid(), before, after);
		_exit(0);
	}
	MUST(waitpid(child, &status, 0));
	checkpoint("inside %d %d", before, after);
	return 0;
}
