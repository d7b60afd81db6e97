/* SPDX-License-Identifier: MIT
 *
 * An unconnected socket speaks with five peers: each is counted once.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound(), peer[5];
	struct sockaddr_in to;
	char buffer[16];

	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 5; i++) {
			if (!round)
				peer[i] = udp_bound();
			to = loopback(port_of(peer[i]));
			MUST(sendto(fd, "ping", 4, 0, SA(&to), sizeof(to)));
		}
	to = loopback(port_of(fd));
	for (int i = 0; i < 2; i++) {
		struct sockaddr_in from;
		socklen_t size = sizeof(from);

		MUST(sendto(peer[i], "po", 2, 0, SA(&to), sizeof(to)));
		TELL(recvfrom(fd, buffer, sizeof(buffer), 0, SA(&from), &size));
	}
	checkpoint("spoken %d %d %d %d %d %d", fd, port_of(peer[0]), port_of(peer[1]),
		   port_of(peer[2]), port_of(peer[3]), port_of(peer[4]));
	return 0;
}
