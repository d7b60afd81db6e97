/* SPDX-License-Identifier: MIT
 *
 * getsockopt tells what an option is; so the table learns it too.
 */
#include "loopback.h"

static int get(int fd, int level, int option)
{
	int value = 0;
	socklen_t size = sizeof(value);

	MUST(getsockopt(fd, level, option, &value, &size));
	return value;
}

int main(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	say("nodelay %d", get(fd, IPPROTO_TCP, TCP_NODELAY));
	say("keepalive %d", get(fd, SOL_SOCKET, SO_KEEPALIVE));
	MUST(get(fd, SOL_SOCKET, SO_SNDBUF));
	MUST(get(fd, SOL_SOCKET, SO_RCVBUF));
	checkpoint("asked %d", fd);
	return 0;
}
