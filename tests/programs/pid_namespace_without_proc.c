/* SPDX-License-Identifier: MIT
 *
 * Hundreds of processes live; one more is the first of a pid namespace where there is no /proc,
 * and sees none of them.
 */
#include "loopback.h"

#include <sched.h>
#include <sys/wait.h>

enum { CHILDREN = 300 };

static void leave(void)
{
	int status;
	pid_t first;

	if (unshare(CLONE_NEWPID) < 0 || chroot("/proc/self/task") < 0)
		_exit(77);
	first = (pid_t)MUST(fork());
	if (!first) {
		MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
		_exit(4);
	}
	MUST(waitpid(first, &status, 0));
	_exit(WEXITSTATUS(status));
}

int main(void)
{
	int fd = udp_bound(), ready[2], hold[2], status;
	char byte;
	pid_t child;

	MUST(pipe(ready));
	MUST(pipe(hold));
	for (int i = 0; i < CHILDREN; i++)
		if (!MUST(fork())) {
			MUST(close(hold[1]));
			MUST(write(ready[1], "r", 1));
			_exit((int)read(hold[0], &byte, 1));
		}
	for (int i = 0; i < CHILDREN; i++)
		MUST(read(ready[0], &byte, 1));
	child = (pid_t)MUST(fork());
	if (!child)
		leave();
	MUST(waitpid(child, &status, 0));
	if (WEXITSTATUS(status) == 77)
		skip("no pid namespace or no chroot");
	say("status %d", WEXITSTATUS(status));
	checkpoint("left %d", fd);
	MUST(close(hold[1]));
	return 0;
}
