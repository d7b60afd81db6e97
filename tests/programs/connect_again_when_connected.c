/* SPDX-License-Identifier: MIT
 *
 * EISCONN changes nothing.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(2), other = tcp_listener(2);
	int client = tcp_client(port_of(server));

	TELL(connect_to_port(client, port_of(other)));
	checkpoint("connected %d", client);
	return 0;
}
