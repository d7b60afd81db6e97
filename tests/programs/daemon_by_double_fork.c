/* SPDX-License-Identifier: MIT
 *
 * The old way to a daemon: fork, setsid, fork, close all.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(3), mine;
	pid_t parent = getpid();

	if (MUST(fork()))
		_exit(0);
	wait_until_orphaned(parent);
	MUST(setsid());
	parent = getpid();
	if (MUST(fork()))
		_exit(0);
	wait_until_orphaned(parent);
	for (int i = 3; i < 1024; i++)
		close(i);
	mine = tcp_listener(4);
	checkpoint("daemon %d %d %d", getpid(), fd, mine);
	return 0;
}
