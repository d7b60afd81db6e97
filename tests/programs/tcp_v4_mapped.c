/* SPDX-License-Identifier: MIT
 *
 * An IPv6 server accepts a client of IPv4: its addresses are mapped ones.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_in6 any = { .sin6_family = AF_INET6 };
	int server, client, accepted, off = 0;

	server = socket(AF_INET6, SOCK_STREAM, 0);
	if (server < 0)
		skip("no IPv6");
	MUST(setsockopt(server, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off)));
	MUST(bind(server, SA(&any), sizeof(any)));
	MUST(listen(server, 1));
	client = tcp_client(port_of(server));
	accepted = (int)MUST(accept(server, NULL, NULL));
	checkpoint("accepted %d %d %d", server, client, accepted);
	return 0;
}
