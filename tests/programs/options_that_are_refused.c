/* SPDX-License-Identifier: MIT
 *
 * setsockopt that fails changes nothing.
 */
#include "loopback.h"

int main(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0)), on = 1;

	TELL(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, 1));
	TELL(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, nowhere(), sizeof(on)));
	TELL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, NULL, 0));
	TELL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &on, sizeof(on)));
	TELL(setsockopt(fd, 9999, 1, &on, sizeof(on)));
	TELL(setsockopt(0, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)));
	checkpoint("unset %d", fd);
	return 0;
}
