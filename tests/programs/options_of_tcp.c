/* SPDX-License-Identifier: MIT
 *
 * The options that people ask about, each set on a socket.
 */
#include "loopback.h"

#include <sys/time.h>

static void set(int fd, int level, int option, const void *value, socklen_t size)
{
	MUST(setsockopt(fd, level, option, value, size));
}

int main(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0)), on = 1, off = 0, bytes = 50000;
	struct linger linger = { 1, 12 };
	struct timeval wait = { 3, 500000 };

	set(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	set(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof(on));
	set(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	set(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	set(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	set(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	set(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	set(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
	set(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	wait.tv_sec = 7;
	set(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	checkpoint("set %d", fd);
	linger.l_onoff = 0;
	set(fd, IPPROTO_TCP, TCP_CORK, &off, sizeof(off));
	set(fd, SOL_SOCKET, SO_KEEPALIVE, &off, sizeof(off));
	set(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	wait = (struct timeval){ 0, 0 };
	set(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	checkpoint("unset %d", fd);
	return 0;
}
