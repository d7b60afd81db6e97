/* SPDX-License-Identifier: MIT
 *
 * accept4 with each of its flags: they arrive in the kernel.
 */
#include "loopback.h"

static int flags_of(int fd)
{
	return ((fcntl(fd, F_GETFL) & O_NONBLOCK) ? 1 : 0)
	       | ((fcntl(fd, F_GETFD) & FD_CLOEXEC) ? 2 : 0);
}

int main(void)
{
	static const int flags[4] = { 0, SOCK_NONBLOCK, SOCK_CLOEXEC,
				      SOCK_NONBLOCK | SOCK_CLOEXEC };
	int server = tcp_listener(4), port = port_of(server), accepted[4];

	for (int i = 0; i < 4; i++) {
		tcp_client(port);
		accepted[i] = (int)MUST(accept4(server, NULL, NULL, flags[i]));
		say("flags %d", flags_of(accepted[i]));
	}
	TELL(accept4(server, NULL, NULL, 0x7));
	checkpoint("accepted %d %d %d %d %d", server, accepted[0], accepted[1], accepted[2],
		   accepted[3]);
	return 0;
}
