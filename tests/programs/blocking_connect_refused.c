/* SPDX-License-Identifier: MIT
 *
 * Nobody listens: connect says so; the same socket then connects elsewhere.
 */
#include "loopback.h"

int main(void)
{
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	int server = tcp_listener(1);

	TELL(connect_to_port(client, deserted_port()));
	checkpoint("refused %d", client);
	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connected %d", client);
	return 0;
}
