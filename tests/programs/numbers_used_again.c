/* SPDX-License-Identifier: MIT
 *
 * A number goes from socket to socket: each gets a row of its own.
 */
#include "loopback.h"

int main(void)
{
	int fd = -1;

	for (int i = 0; i < 10; i++) {
		fd = (int)MUST(socket(i % 2 ? AF_INET : AF_INET6, SOCK_DGRAM, 0));
		if (i < 9)
			MUST(close(fd));
	}
	checkpoint("last %d", fd);
	return 0;
}
