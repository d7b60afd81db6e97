/* SPDX-License-Identifier: MIT
 *
 * Nobody listens: poll and SO_ERROR tell it.
 */
#include "loopback.h"

#include <poll.h>

int main(void)
{
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	struct pollfd ready = { .fd = client, .events = POLLOUT };
	int error = -1, port = deserted_port();
	socklen_t size = sizeof(error);

	TELL(connect_to_port(client, port));
	checkpoint("connecting %d", client);
	TELL(poll(&ready, 1, 5000));
	say("events %d", ready.revents);
	MUST(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	checkpoint("refused %d", client);
	return 0;
}
