/* SPDX-License-Identifier: MIT
 *
 * Nobody listens: the second connect tells it.
 */
#include "loopback.h"

int main(void)
{
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int port = deserted_port();

	TELL(connect_to_port(client, port));
	TELL(connect_to_port(client, port));
	checkpoint("refused %d", client);
	return 0;
}
