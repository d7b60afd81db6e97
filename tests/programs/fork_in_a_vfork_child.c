/* SPDX-License-Identifier: MIT
 *
 * A child of vfork forks: its own child has memory and descriptors of its own.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(void)
{
	int fd = tcp_listener(2), status;
	pid_t child = vfork();

	if (!child) {
		pid_t grandchild = fork();

		if (!grandchild) {
			int own = udp_bound(), other = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));

			checkpoint("grandchild %d %d %d %d", getpid(), fd, own, other);
			_exit(6);
		}
		waitpid(grandchild, &status, 0);
		_exit(WEXITSTATUS(status));
	}
	MUST(waitpid(child, &status, 0));
	say("status %d", WEXITSTATUS(status));
	checkpoint("kept %d", fd);
	return 0;
}
