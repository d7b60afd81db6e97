/* SPDX-License-Identifier: MIT
 *
 * AF_UNSPEC dissolves the association; another connect makes a new one.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr dissolve = { .sa_family = AF_UNSPEC };
	int first = udp_bound(), second = udp_bound();
	int client = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));

	TELL(connect_to_port(client, port_of(first)));
	TELL(connect(client, &dissolve, sizeof(dissolve)));
	checkpoint("disconnected %d", client);
	TELL(send(client, "x", 1, 0));
	TELL(connect_to_port(client, port_of(second)));
	checkpoint("connected %d", client);
	return 0;
}
