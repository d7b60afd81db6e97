/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that make descriptors.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/record.h"

EXPORT int socket(int family, int type, int protocol)
{
	int fd = REAL(socket)(family, type, protocol);

	if (fd >= 0)
		record_socket(fd, family, type, protocol);
	return fd;
}

EXPORT int socketpair(int family, int type, int protocol, int fds[2])
{
	int result = REAL(socketpair)(family, type, protocol, fds);

	if (result == 0)
		record_socketpair(fds, family, type, protocol);
	return result;
}

EXPORT int accept(int listener, __SOCKADDR_ARG address, socklen_t *len)
{
	int fd = REAL(accept)(listener, address, len);

	if (fd >= 0)
		record_accept(listener, fd, 0);
	return fd;
}

EXPORT int accept4(int listener, __SOCKADDR_ARG address, socklen_t *len, int flags)
{
	int fd = REAL(accept4)(listener, address, len, flags);

	if (fd >= 0)
		record_accept(listener, fd, flags);
	return fd;
}

#ifdef HAVE_PIDFD_GETFD
EXPORT int pidfd_getfd(int pidfd, int foreign_fd, unsigned flags)
{
	int fd = REAL(pidfd_getfd)(pidfd, foreign_fd, flags);

	if (fd >= 0)
		record_found(fd, ST_ORIGIN_SCM);
	return fd;
}
#endif
