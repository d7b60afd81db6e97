/* SPDX-License-Identifier: MIT
 *
 * A datagram socket that is connected has one peer.
 */
#include "loopback.h"

int main(void)
{
	int server = udp_bound(), client = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	char buffer[8];

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connected %d", client);
	TELL(send(client, "ping", 4, 0));
	TELL(send(client, "", 0, 0));
	TELL(read(server, buffer, sizeof(buffer)));
	TELL(read(server, buffer, sizeof(buffer)));
	checkpoint("spoken %d %d", client, server);
	return 0;
}
