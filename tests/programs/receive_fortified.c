/* SPDX-License-Identifier: MIT
 *
 * The calls that _FORTIFY_SOURCE puts in the place of read, recv and recvfrom.
 */
#include "loopback.h"

#if !defined(_FORTIFY_SOURCE) || !defined(__OPTIMIZE__)
#error "build this with -O2 -D_FORTIFY_SOURCE=2"
#endif
#include <poll.h>

int main(int argc, char **argv)
{
	char buffer[16];
	size_t length = (size_t)argc + 3;	/* not known to the compiler */
	struct pollfd ready[2];
	int pair[2];

	(void)argv;
	tcp_pair(pair);
	MUST(send(pair[0], "0123456789ab", 12, 0));
	ready[0] = (struct pollfd){ .fd = pair[1], .events = POLLIN };
	TELL(poll(ready, length - 3, 1000));
	TELL(read(pair[1], buffer, length));
	TELL(recv(pair[1], buffer, length, 0));
	TELL(recvfrom(pair[1], buffer, length, 0, NULL, NULL));
	checkpoint("received %d %d", pair[0], pair[1]);
	return 0;
}
