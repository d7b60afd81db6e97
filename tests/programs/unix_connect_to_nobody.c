/* SPDX-License-Identifier: MIT
 *
 * connect to a path that nobody has bound.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/nonexistent/path" };
	int client = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));

	TELL(connect(client, SA(&address), sizeof(address)));
	checkpoint("failed %d", client);
	return 0;
}
