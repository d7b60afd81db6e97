/* SPDX-License-Identifier: MIT
 *
 * SCM_RIGHTS carries a socket over a pair, to the same process.
 */
#include "passing.h"

int main(void)
{
	int pair[2], fd = tcp_listener(1), got[4];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pass(pair[0], &fd, 1);
	TELL(take(pair[1], got, 4, 0));
	checkpoint("passed %d %d %d %d", fd, pair[0], pair[1], got[0]);
	return 0;
}
