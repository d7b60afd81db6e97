/* SPDX-License-Identifier: MIT
 *
 * A non-blocking unix connect that would have to wait fails and leaves nothing behind.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t size = sizeof(address);
	int server = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0)), client = -1;

	MUST(bind(server, SA(&address), sizeof(sa_family_t)));
	MUST(getsockname(server, SA(&address), &size));
	MUST(listen(server, 0));
	for (int i = 0; i < 2; i++) {
		client = (int)MUST(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
		TELL(connect(client, SA(&address), size));
	}
	checkpoint("crowded %d", client);
	MUST(accept(server, NULL, NULL));
	TELL(connect(client, SA(&address), size));
	checkpoint("connected %d", client);
	return 0;
}
