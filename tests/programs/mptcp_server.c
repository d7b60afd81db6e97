/* SPDX-License-Identifier: MIT
 *
 * Multipath TCP: stream sockets whose protocol is not TCP.
 */
#include "loopback.h"

int main(void)
{
	int server = socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP), client;

	if (server < 0)
		skip("no MPTCP");
	MUST(bind_to_loopback(server));
	MUST(listen(server, 2));
	client = (int)MUST(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	MUST(connect_to_port(client, port_of(server)));
	checkpoint("accepted %d %d %ld", server, client, MUST(accept(server, NULL, NULL)));
	return 0;
}
