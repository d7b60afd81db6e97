/* SPDX-License-Identifier: MIT
 *
 * Datagrams between unix sockets: bound, unbound, connected.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_un address, from;
	socklen_t length = sizeof(address), size = sizeof(from);
	int server = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	int nameless = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	int connected = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	char buffer[8];

	address.sun_family = AF_UNIX;
	MUST(bind(server, SA(&address), sizeof(sa_family_t)));
	MUST(getsockname(server, SA(&address), &length));
	TELL(sendto(nameless, "abc", 3, 0, SA(&address), length));
	TELL(recvfrom(server, buffer, sizeof(buffer), 0, SA(&from), &size));
	say("size %u", size);
	MUST(connect(connected, SA(&address), length));
	TELL(send(connected, "de", 2, 0));
	size = sizeof(from);
	TELL(recvfrom(server, buffer, sizeof(buffer), 0, SA(&from), &size));
	checkpoint("spoken %d %d %d", server, nameless, connected);
	return 0;
}
