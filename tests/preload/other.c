/* SPDX-License-Identifier: MIT
 *
 * Another preloaded library that wraps the same calls: it counts them, makes sockets in its
 * constructor, and uses them in its destructor. Before or after our module, neither may notice.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int own[2] = { -1, -1 };
static unsigned calls;

#define NEXT(name)	((__typeof__(name) *)(calls++, dlsym(RTLD_NEXT, #name)))

int socket(int family, int type, int protocol)
{
	return NEXT(socket)(family, type, protocol);
}

int connect(int fd, const struct sockaddr *address, socklen_t len)
{
	return NEXT(connect)(fd, address, len);
}

ssize_t send(int fd, const void *buf, size_t size, int flags)
{
	return NEXT(send)(fd, buf, size, flags);
}

ssize_t recv(int fd, void *buf, size_t size, int flags)
{
	return NEXT(recv)(fd, buf, size, flags);
}

int close(int fd)
{
	return NEXT(close)(fd);
}

pid_t fork(void)
{
	return NEXT(fork)();
}

__attribute__((constructor)) static void construct(void)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, own) || send(own[0], "x", 1, 0) != 1)
		_exit(99);
}

__attribute__((destructor)) static void destroy(void)
{
	char byte;

	if (!calls || recv(own[1], &byte, 1, 0) != 1 || close(own[0]) || close(own[1]))
		_exit(98);
}
