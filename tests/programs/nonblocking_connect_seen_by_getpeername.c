/* SPDX-License-Identifier: MIT
 *
 * A connect that was in progress is found to be complete by getpeername.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(1);
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	struct sockaddr_in peer;
	socklen_t size = sizeof(peer);

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	TELL(getpeername(client, SA(&peer), &size));
	say("right peer %d", ntohs(peer.sin_port) == port_of(server));
	checkpoint("connected %d %d", server, client);
	return 0;
}
