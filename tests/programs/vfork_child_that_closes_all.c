/* SPDX-License-Identifier: MIT
 *
 * A child of vfork closes everything and execs: its parent loses nothing.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(void)
{
	int fd = tcp_listener(3), high = (int)MUST(dup2(fd, 700)), status;
	pid_t child = vfork();

	if (!child) {
		for (int i = 3; i < 70000; i++)
			close(i);
		checkpoint("closing %d %d", fd, high);
		execl("/bin/true", "true", (char *)NULL);
		_exit(9);
	}
	MUST(waitpid(child, &status, 0));
	say("status %d", status);
	checkpoint("kept %d %d", fd, high);
	return 0;
}
