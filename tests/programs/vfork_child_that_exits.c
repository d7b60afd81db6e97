/* SPDX-License-Identifier: MIT
 *
 * A child of vfork opens, dups and closes, fails to exec and exits.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(void)
{
	int fd = tcp_listener(3), status;
	pid_t child = vfork();

	if (!child) {
		int mine = socket(AF_INET, SOCK_STREAM, 0);

		dup2(fd, 60);
		close(mine);
		close(fd);
		close(60);
		checkpoint("closing %d", fd);
		execl("/nonexistent/program", "program", (char *)NULL);
		_exit(9);
	}
	MUST(waitpid(child, &status, 0));
	say("status %d", WEXITSTATUS(status));
	MUST(listen(fd, 8));
	checkpoint("kept %d %ld", fd, MUST(dup(fd)));
	return 0;
}
