/* SPDX-License-Identifier: MIT
 *
 * daemon(3): a fork inside libc, and /dev/null over the first three numbers.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(3);
	pid_t parent = getpid();

	checkpoint_in = (int)MUST(dup(STDIN_FILENO));
	checkpoint_out = (int)MUST(dup(STDOUT_FILENO));
	MUST(dup2(fd, STDIN_FILENO));
	MUST(dup2(fd, STDOUT_FILENO));
	checkpoint("before %d %d", getpid(), fd);
	MUST(daemon(1, 0));
	wait_until_orphaned(parent);
	checkpoint("daemon %d %d", getpid(), fd);
	return 0;
}
