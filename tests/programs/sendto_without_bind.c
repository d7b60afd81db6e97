/* SPDX-License-Identifier: MIT
 *
 * sendto gives the socket its local port.
 */
#include "loopback.h"

int main(void)
{
	int server = udp_bound(), fd = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	struct sockaddr_in to = loopback(port_of(server));

	TELL(sendto(fd, "x", 1, 0, SA(&to), sizeof(to)));
	checkpoint("sent %d", fd);
	MUST(port_of(fd));
	checkpoint("asked %d", fd);
	return 0;
}
