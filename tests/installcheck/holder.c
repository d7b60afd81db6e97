/* SPDX-License-Identifier: MIT
 *
 * A program that knows nothing of socktab. Here it holds a listening socket, both ends of a TCP
 * connection and a socketpair; it prints the four kinds' numbers, port first, and stays until
 * its standard input ends.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int tcp_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		err(1, "socket");
	return fd;
}

static int listen_on(struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = tcp_socket();

	if (bind(fd, (struct sockaddr *)address, len) < 0 || listen(fd, 1) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &len) < 0)
		err(1, "listen");
	return fd;
}

int main(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int listener = listen_on(&address), client = tcp_socket(), server, pair[2];
	char byte;

	if (connect(client, (struct sockaddr *)&address, sizeof(address)) < 0)
		err(1, "connect");
	server = accept(listener, NULL, NULL);
	if (server < 0 || send(client, "hello", 5, 0) != 5 || recv(server, &byte, 1, 0) != 1)
		err(1, "accept, send, recv");
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		err(1, "socketpair");
	printf("%d %d %d %d %d %d\n", ntohs(address.sin_port), listener, client, server, pair[0],
	       pair[1]);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
