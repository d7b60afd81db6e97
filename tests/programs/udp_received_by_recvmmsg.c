/* SPDX-License-Identifier: MIT
 *
 * recvmmsg brings datagrams of several senders at once.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound(), senders[3];
	struct sockaddr_in to = loopback(port_of(fd)), from[4];
	struct mmsghdr messages[4] = { 0 };
	struct iovec parts[4];
	char buffer[4][8];

	for (int i = 0; i < 3; i++) {
		senders[i] = udp_bound();
		MUST(sendto(senders[i], "1234", (size_t)i + 1, 0, SA(&to), sizeof(to)));
	}
	for (int i = 0; i < 4; i++) {
		parts[i] = (struct iovec){ buffer[i], sizeof(buffer[i]) };
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
		messages[i].msg_hdr.msg_name = &from[i];
		messages[i].msg_hdr.msg_namelen = sizeof(from[i]);
	}
	TELL(recvmmsg(fd, messages, 4, MSG_DONTWAIT, NULL));
	TELL(recvmmsg(fd, messages, 4, MSG_DONTWAIT, NULL));
	checkpoint("received %d %d %d %d", fd, port_of(senders[0]), port_of(senders[1]),
		   port_of(senders[2]));
	return 0;
}
