/* SPDX-License-Identifier: MIT
 *
 * A listener accepts several connections and fails to accept one more.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(4);
	int port = port_of(server), accepted[3], client[3];

	for (int i = 0; i < 3; i++)
		client[i] = tcp_client(port);
	for (int i = 0; i < 3; i++)
		accepted[i] = (int)MUST(accept(server, NULL, NULL));
	MUST(fcntl(server, F_SETFL, O_NONBLOCK));
	TELL(accept(server, NULL, NULL));
	checkpoint("accepted %d %d %d %d", server, accepted[0], accepted[1], accepted[2]);
	MUST(close(client[0]));
	return 0;
}
