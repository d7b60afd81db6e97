/* SPDX-License-Identifier: MIT
 *
 * Bytes that went out prove that the connect was complete.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(1);
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	TELL(send(client, "here", 4, 0));
	checkpoint("connected %d %d", server, client);
	return 0;
}
