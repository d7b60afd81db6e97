/* SPDX-License-Identifier: MIT
 *
 * A unix stream server with a path, its client and the accepted end.
 */
#include "loopback.h"

int main(int argc, char **argv)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int server, client, accepted;

	if (argc < 2 || strlen(argv[1]) >= sizeof(address.sun_path))
		return 2;
	strcpy(address.sun_path, argv[1]);
	server = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));
	MUST(bind(server, SA(&address), sizeof(address)));
	checkpoint("bound %d", server);
	MUST(listen(server, 2));
	client = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));
	MUST(connect(client, SA(&address), sizeof(address)));
	accepted = (int)MUST(accept(server, NULL, NULL));
	MUST(send(client, "x", 1, 0));
	checkpoint("accepted %d %d %d", server, client, accepted);
	MUST(unlink(argv[1]));
	return 0;
}
