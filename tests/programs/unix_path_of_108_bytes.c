/* SPDX-License-Identifier: MIT
 *
 * A path that fills the address, without a NUL behind it.
 */
#include "loopback.h"

/* Run in a directory that may be written to. */
int main(void)
{
	struct { struct sockaddr_un address; char nul; } a = { { .sun_family = AF_UNIX }, 0 };
	char back[128];
	socklen_t size = sizeof(back);
	int server;

	memset(a.address.sun_path, 'p', sizeof(a.address.sun_path));
	server = (int)MUST(socket(AF_UNIX, SOCK_SEQPACKET, 0));
	MUST(bind(server, SA(&a.address), sizeof(a.address)));
	MUST(listen(server, 2));
	MUST(getsockname(server, SA(back), &size));
	say("length %u", size);
	checkpoint("listening %d", server);
	MUST(unlink(a.address.sun_path));
	return 0;
}
