/* SPDX-License-Identifier: MIT
 *
 * A connect that was in progress is found to be complete by poll and SO_ERROR.
 */
#include "loopback.h"

#include <poll.h>

static void wait_until_writable(int client)
{
	struct pollfd ready = { .fd = client, .events = POLLOUT };

	TELL(poll(&ready, 1, 5000));
	say("events %d", ready.revents);
}

int main(void)
{
	int server = tcp_listener(1), error = -1;
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	socklen_t size = sizeof(error);

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	wait_until_writable(client);
	MUST(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	checkpoint("connected %d %d", server, client);
	return 0;
}
