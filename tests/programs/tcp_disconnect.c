/* SPDX-License-Identifier: MIT
 *
 * AF_UNSPEC takes a stream socket out of its connection; it can connect again.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr nowhere_at_all = { .sa_family = AF_UNSPEC };
	int server = tcp_listener(2);
	int client = tcp_client(port_of(server));

	checkpoint("connected %d", client);
	TELL(connect(client, &nowhere_at_all, sizeof(nowhere_at_all)));
	checkpoint("disconnected %d", client);
	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connected %d", client);
	return 0;
}
