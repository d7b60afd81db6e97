/* SPDX-License-Identifier: MIT
 *
 * SCM_RIGHTS carries a connection to a child, which goes on with it.
 */
#include "passing.h"

#include <sys/wait.h>

int main(void)
{
	int pair[2], tcp[2], got, status;
	char bytes[8];
	pid_t child;

	MUST(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair));
	child = (pid_t)MUST(fork());
	if (!child) {
		MUST(close(pair[0]));
		TELL(take(pair[1], &got, 1, 0));
		MUST(recv(pair[1], bytes, 1, 0));
		MUST(send(got, "child", 5, 0));
		checkpoint("taken %d %d %d", getpid(), pair[1], got);
		_exit(0);
	}
	tcp_pair(tcp);
	pass(pair[0], &tcp[0], 1);
	MUST(close(tcp[0]));
	MUST(send(pair[0], "g", 1, 0));
	MUST(waitpid(child, &status, 0));
	TELL(recv(tcp[1], bytes, sizeof(bytes), 0));
	checkpoint("passed %d %d", tcp[1], status);
	return 0;
}
