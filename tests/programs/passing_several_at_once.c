/* SPDX-License-Identifier: MIT
 *
 * Several descriptors in one message: sockets, a pipe, and one of them twice.
 */
#include "passing.h"

int main(void)
{
	int pair[2], fds[5], got[PASSED_MAX], hose[2];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	MUST(pipe(hose));
	fds[0] = tcp_listener(1);
	fds[1] = hose[0];
	fds[2] = udp_bound();
	fds[3] = fds[0];
	fds[4] = pair[0];
	pass(pair[0], fds, 5);
	TELL(take(pair[1], got, PASSED_MAX, MSG_CMSG_CLOEXEC));
	for (int i = 0; i < 5; i++)
		say("%d: cloexec %d", got[i], fcntl(got[i], F_GETFD));
	checkpoint("passed %d %d %d %d %d %d %d", pair[0], pair[1], fds[0], fds[2], got[0], got[2],
		   got[3]);
	return 0;
}
