/* SPDX-License-Identifier: MIT
 *
 * Answers that lie: MSG_PEEK comes again, MSG_TRUNC tells more than arrived.
 */
#include "loopback.h"

int main(void)
{
	char buffer[4], control[64];
	struct iovec part = { buffer, sizeof(buffer) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	int pair[2];

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	for (int i = 0; i < 4; i++)
		MUST(send(pair[0], "0123456789", 10, 0));
	TELL(recv(pair[1], buffer, sizeof(buffer), MSG_PEEK));
	TELL(recv(pair[1], buffer, sizeof(buffer), MSG_PEEK | MSG_TRUNC));
	TELL(recv(pair[1], buffer, sizeof(buffer), MSG_TRUNC));
	TELL(recv(pair[1], buffer, sizeof(buffer), 0));
	TELL(recvfrom(pair[1], buffer, 1, MSG_TRUNC, NULL, NULL));
	TELL(recvmsg(pair[1], &message, MSG_TRUNC));
	say("flags %d control %zu", message.msg_flags, (size_t)message.msg_controllen);
	checkpoint("received %d %d", pair[0], pair[1]);
	return 0;
}
