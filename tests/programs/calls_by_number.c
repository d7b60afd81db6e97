/* SPDX-License-Identifier: MIT
 *
 * Sockets made and used through syscall(2), as Node does.
 */
#include "loopback.h"

#include <sys/syscall.h>

int main(void)
{
	struct sockaddr_in address = loopback(0);
	int server, client, accepted, copy;
	char bytes[8];

	server = (int)MUST(syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	MUST(syscall(SYS_bind, server, &address, sizeof(address)));
	MUST(syscall(SYS_listen, server, 6));
	address = loopback(port_of(server));
	client = (int)MUST(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
	MUST(syscall(SYS_connect, client, &address, sizeof(address)));
	accepted = (int)MUST(syscall(SYS_accept4, server, NULL, NULL, SOCK_NONBLOCK));
	MUST(syscall(SYS_sendto, client, "four", 4, 0, NULL, 0));
	MUST(syscall(SYS_write, client, "two", 3));
	MUST(syscall(SYS_recvfrom, accepted, bytes, 4, 0, NULL, NULL));
	copy = (int)MUST(syscall(SYS_dup, accepted));
	TELL(syscall(SYS_getpid) == getpid());
	checkpoint("open %d %d %d %d", server, client, accepted, copy);
	MUST(syscall(SYS_shutdown, client, SHUT_WR));
	MUST(syscall(SYS_close, copy));
	checkpoint("closed %d %d %d %d", server, client, accepted, copy);
	TELL(syscall(SYS_close, copy));
	TELL(syscall(100000));
	return 0;
}
