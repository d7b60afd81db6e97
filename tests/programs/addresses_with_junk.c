/* SPDX-License-Identifier: MIT
 *
 * Addresses as programs pass them: longer than they are, and with junk where there is padding.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound(), server = udp_bound(), server6, client, client6, again;
	struct sockaddr_storage large = { 0 }, large6 = { 0 };
	struct sockaddr_in *to = (struct sockaddr_in *)&large;

	*to = loopback(port_of(server));
	MUST(sendto(fd, "x", 1, 0, SA(&large), sizeof(large)));
	for (int i = 0; i < 8; i++) {
		memset(to->sin_zero, i, sizeof(to->sin_zero));
		MUST(sendto(fd, "x", 1, 0, SA(to), sizeof(*to)));
	}
	client = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	MUST(connect(client, SA(&large), sizeof(large)));
	server6 = (int)MUST(socket(AF_INET6, SOCK_DGRAM, 0));
	*(struct sockaddr_in6 *)&large6 = loopback6(0);
	MUST(bind(server6, SA(&large6), sizeof(large6)));
	*(struct sockaddr_in6 *)&large6 = loopback6(port_of(server6));
	client6 = (int)MUST(socket(AF_INET6, SOCK_DGRAM, 0));
	MUST(connect(client6, SA(&large6), sizeof(large6)));
	again = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	to->sin_port = 0;
	MUST(bind(again, SA(&large), sizeof(large)));
	checkpoint("named %d %d %d %d %d", fd, server, client, client6, again);
	return 0;
}
