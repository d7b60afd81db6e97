/* SPDX-License-Identifier: MIT
 *
 * SO_SNDTIMEO ends the wait in connect, not the connect.
 */
#include "loopback.h"

#include <sys/time.h>

int main(void)
{
	struct timeval soon = { .tv_usec = 100000 };
	int waiting, server = crowded_listener(&waiting);
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof(soon)));
	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	return 0;
}
