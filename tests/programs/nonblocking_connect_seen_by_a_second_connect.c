/* SPDX-License-Identifier: MIT
 *
 * A second connect tells that the first one is complete: 0 or EISCONN.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(1);
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connected %d %d", server, client);
	TELL(connect_to_port(client, port_of(server)));
	checkpoint("still %d %d", server, client);
	return 0;
}
