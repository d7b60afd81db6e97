/* SPDX-License-Identifier: MIT
 *
 * A connect stays in progress until the server has room; 0 in SO_ERROR proves nothing.
 */
#include "loopback.h"

#include <poll.h>

int main(void)
{
	int waiting, server = crowded_listener(&waiting), error = -1;
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	struct pollfd ready = { .fd = client, .events = POLLOUT };
	socklen_t size = sizeof(error);

	TELL(connect_to_port(client, port_of(server)));
	MUST(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	TELL(poll(&ready, 1, 0));
	TELL(connect_to_port(client, port_of(server)));
	TELL(send(client, "early", 5, 0));
	checkpoint("connecting %d %d", server, client);
	MUST(accept(server, NULL, NULL));
	TELL(poll(&ready, 1, 20000));
	MUST(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	checkpoint("connected %d %d", server, client);
	return 0;
}
