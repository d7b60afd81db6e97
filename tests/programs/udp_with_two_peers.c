/* SPDX-License-Identifier: MIT
 *
 * Few peers: their number is exact and both are shown.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound(), first = udp_bound(), second = udp_bound();
	struct sockaddr_in to = loopback(port_of(first)), from;
	struct iovec part = { (char *)"abc", 3 };
	struct msghdr message = { .msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = &part,
				  .msg_iovlen = 1 };
	struct mmsghdr both[2] = { { .msg_hdr = message }, { .msg_hdr = message } };
	socklen_t size = sizeof(from);
	char buffer[8];

	TELL(sendmsg(fd, &message, 0));
	TELL(sendmmsg(fd, both, 2, 0));
	to = loopback(port_of(fd));
	MUST(sendto(second, "hello", 5, 0, SA(&to), sizeof(to)));
	TELL(recvfrom(fd, buffer, sizeof(buffer), 0, SA(&from), &size));
	checkpoint("spoken %d %d %d", fd, port_of(first), port_of(second));
	return 0;
}
