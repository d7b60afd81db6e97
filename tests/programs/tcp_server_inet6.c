/* SPDX-License-Identifier: MIT
 *
 * A server and its client over TCP of IPv6.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_in6 address = loopback6(0);
	int server, client, accepted, on = 1;

	server = socket(AF_INET6, SOCK_STREAM, 0);
	if (server < 0)
		skip("no IPv6");
	MUST(setsockopt(server, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)));
	if (bind(server, SA(&address), sizeof(address)) < 0)
		skip("no ::1");
	MUST(listen(server, 1));
	client = (int)MUST(socket(AF_INET6, SOCK_STREAM, 0));
	address = loopback6(port_of(server));
	MUST(connect(client, SA(&address), sizeof(address)));
	accepted = (int)MUST(accept(server, NULL, NULL));
	checkpoint("accepted %d %d %d", server, client, accepted);
	return 0;
}
