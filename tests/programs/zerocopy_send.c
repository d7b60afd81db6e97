/* SPDX-License-Identifier: MIT
 *
 * MSG_ZEROCOPY: sent bytes, and a completion that is no data.
 */
#include "loopback.h"

#include <poll.h>

#ifndef SO_ZEROCOPY
#define SO_ZEROCOPY 60
#endif

int main(void)
{
	static char block[30000];
	char control[128];
	struct msghdr message = { .msg_control = control, .msg_controllen = sizeof(control) };
	struct pollfd ready;
	int pair[2], on = 1;

	tcp_pair(pair);
	if (setsockopt(pair[0], SOL_SOCKET, SO_ZEROCOPY, &on, sizeof(on)) < 0)
		skip("no zero-copy");
	TELL(send(pair[0], block, sizeof(block), MSG_ZEROCOPY));
	TELL(recv(pair[1], block, sizeof(block), MSG_WAITALL));
	ready = (struct pollfd){ .fd = pair[0] };
	TELL(poll(&ready, 1, 5000));
	TELL(recvmsg(pair[0], &message, MSG_ERRQUEUE));
	checkpoint("sent %d %d", pair[0], pair[1]);
	return 0;
}
