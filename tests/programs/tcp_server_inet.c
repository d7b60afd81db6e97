/* SPDX-License-Identifier: MIT
 *
 * A server and its client over TCP of IPv4, each step alone.
 */
#include "loopback.h"

int main(void)
{
	int server, client, accepted;
	char bytes[16];

	server = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	checkpoint("created %d", server);
	MUST(bind_to_loopback(server));
	checkpoint("bound %d", server);
	MUST(listen(server, 7));
	checkpoint("listening %d", server);
	client = (int)MUST(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
	MUST(connect_to_port(client, port_of(server)));
	checkpoint("connected %d %d", server, client);
	accepted = (int)MUST(accept(server, NULL, NULL));
	checkpoint("accepted %d %d %d", server, client, accepted);
	MUST(send(client, "hello", 5, 0));
	TELL(recv(accepted, bytes, sizeof(bytes), 0));
	MUST(send(accepted, "hi", 2, 0));
	TELL(recv(client, bytes, sizeof(bytes), 0));
	checkpoint("exchanged %d %d %d", server, client, accepted);
	MUST(close(client));
	TELL(recv(accepted, bytes, sizeof(bytes), 0));
	MUST(close(accepted));
	MUST(close(server));
	checkpoint("closed %d %d %d", server, client, accepted);
	return 0;
}
