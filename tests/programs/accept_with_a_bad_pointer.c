/* SPDX-License-Identifier: MIT
 *
 * accept with an address that is no memory fails, and the connection is gone.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(4), port = port_of(server), client;
	socklen_t size = sizeof(struct sockaddr_in), negative = (socklen_t)-1;
	char byte;

	client = tcp_client(port);
	TELL(accept(server, nowhere(), &size));
	TELL(recv(client, &byte, 1, 0));
	client = tcp_client(port);
	TELL(accept(server, SA(&byte), nowhere()));
	client = tcp_client(port);
	TELL(accept(server, SA(&byte), &negative));
	checkpoint("failed %d %d", server, client);
	return 0;
}
