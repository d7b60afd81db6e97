/* SPDX-License-Identifier: MIT
 *
 * TCP Fast Open: the first sendto connects.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(2), client = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	struct sockaddr_in to = loopback(port_of(server));
	long sent = sendto(client, "fast", 4, MSG_FASTOPEN, SA(&to), sizeof(to));

	if (sent < 0)
		skip("no TCP Fast Open");
	say("sent %ld", sent);
	checkpoint("connected %d", client);
	return 0;
}
