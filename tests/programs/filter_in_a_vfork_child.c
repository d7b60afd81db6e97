/* SPDX-License-Identifier: MIT
 *
 * A child of vfork installs a filter, as launchers of sandboxes do: it is not its parent's.
 */
#include "filter.h"

#include <sys/wait.h>

int main(void)
{
	int fd, copy, status;
	pid_t child = vfork();

	if (!child) {
		if (filter_nothing() < 0)
			_exit(errno);
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	fd = tcp_listener(4);
	copy = (int)MUST(dup(fd));
	child = (pid_t)MUST(fork());
	if (!child) {
		checkpoint("forked %d %d %d", getpid(), fd, copy);
		_exit(0);
	}
	MUST(waitpid(child, &status, 0));
	checkpoint("kept %d %d", fd, copy);
	return 0;
}
