/* SPDX-License-Identifier: MIT
 *
 * An abstract address with NULs in its middle and at its end.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t length = offsetof(struct sockaddr_un, sun_path) + 14;
	int server, client, pid = getpid();

	memcpy(address.sun_path, "\0ab\0cd", 6);
	memcpy(address.sun_path + 6, &pid, sizeof(pid));
	memcpy(address.sun_path + 10, "\0\0e\0", 4);
	server = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));
	MUST(bind(server, SA(&address), length));
	MUST(listen(server, 2));
	client = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));
	MUST(connect(client, SA(&address), length));
	checkpoint("connected %d %d", server, client);
	return 0;
}
