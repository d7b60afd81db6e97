/* SPDX-License-Identifier: MIT
 *
 * Nobody listens: the first send tells it.
 */
#include "loopback.h"

#include <poll.h>

int main(void)
{
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));

	TELL(connect_to_port(client, deserted_port()));
	TELL(send(client, "x", 1, MSG_NOSIGNAL));
	checkpoint("refused %d", client);
	TELL(send(client, "x", 1, MSG_NOSIGNAL));
	return 0;
}
