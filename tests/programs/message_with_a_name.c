/* SPDX-License-Identifier: MIT
 *
 * recvmsg and recvmmsg are asked for the sender's name.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound();
	struct sockaddr_in to = loopback(port_of(fd)), from;
	char bytes[8];
	struct iovec part = { bytes, sizeof(bytes) };
	struct mmsghdr message = { .msg_hdr = { .msg_name = &from, .msg_namelen = sizeof(from),
						.msg_iov = &part, .msg_iovlen = 1 } };

	for (int i = 0; i < 2; i++)
		MUST(sendto(fd, "hi", 2, 0, SA(&to), sizeof(to)));
	TELL(recvmsg(fd, &message.msg_hdr, 0));
	TELL(recvmmsg(fd, &message, 1, 0, NULL));
	say("name of %u bytes", message.msg_hdr.msg_namelen);
	checkpoint("received %d", fd);
	return 0;
}
