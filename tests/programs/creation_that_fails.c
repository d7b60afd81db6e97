/* SPDX-License-Identifier: MIT
 *
 * Calls that would make a descriptor, and do not.
 */
#include "loopback.h"

#include <sys/resource.h>

int main(void)
{
	struct rlimit none = { 3, 3 };
	int pair[2], fd = tcp_listener(1);

	TELL(socket(AF_INET, SOCK_SEQPACKET, 0));
	TELL(socket(12345, SOCK_STREAM, 0));
	TELL(socket(AF_INET, SOCK_STREAM | 0x40000000, 0));
	TELL(socketpair(AF_INET, SOCK_STREAM, 0, pair));
	TELL(socketpair(AF_UNIX, SOCK_STREAM, 0, nowhere()));
	TELL(accept(fd + 1, NULL, NULL));
	TELL(accept(0, NULL, NULL));
	TELL(listen(0, 1));
	TELL(bind_to_loopback(-1));
	TELL(connect_to_port(77, 80));
	setrlimit(RLIMIT_NOFILE, &none);
	TELL(socket(AF_INET, SOCK_STREAM, 0));
	TELL(dup(0));
	checkpoint("none %d", fd);
	return 0;
}
