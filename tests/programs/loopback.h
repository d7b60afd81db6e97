/* SPDX-License-Identifier: MIT
 *
 * The sockets that the programs of this folder start from, all on the loopback.
 */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "checkpoint.h"

#define SA(address) ((struct sockaddr *)(address))
#define CSA(address) ((const struct sockaddr *)(address))

static inline struct sockaddr_in loopback(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)port),
	};

	return address;
}

static inline struct sockaddr_in6 loopback6(int port)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
		.sin6_port = htons((uint16_t)port),
	};

	return address;
}

static inline int port_of(int fd)
{
	struct sockaddr_in6 address;
	socklen_t size = sizeof(address);

	MUST(getsockname(fd, SA(&address), &size));
	return ntohs(address.sin6_port);	/* lies where sin_port lies */
}

static inline int bind_to_loopback(int fd)
{
	struct sockaddr_in address = loopback(0);

	return bind(fd, SA(&address), sizeof(address));
}

static inline int connect_to_port(int fd, int port)
{
	struct sockaddr_in address = loopback(port);

	return connect(fd, SA(&address), sizeof(address));
}

static inline int tcp_listener(int backlog)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(bind_to_loopback(fd));
	MUST(listen(fd, backlog));
	return fd;
}

static inline int tcp_client(int port)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(connect_to_port(fd, port));
	return fd;
}

/* A port that answers "refused": its socket stays bound and never listens, so that nobody else
 * gets the number meanwhile. */
static inline int deserted_port(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(bind_to_loopback(fd));
	return port_of(fd);
}

/* pair[0] connected, pair[1] was accepted; the listener is gone. */
static inline void tcp_pair(int pair[2])
{
	int listener = tcp_listener(1);

	pair[0] = tcp_client(port_of(listener));
	pair[1] = (int)MUST(accept(listener, NULL, NULL));
	MUST(close(listener));
}

/* A listener with a full queue: the next connect waits (its SYN is dropped and comes again after
 * a second) until `waiting` was accepted. */
static inline int crowded_listener(int *waiting)
{
	int fd = tcp_listener(0);

	*waiting = tcp_client(port_of(fd));
	return fd;
}

static inline int udp_bound(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));

	MUST(bind_to_loopback(fd));
	return fd;
}

#endif
