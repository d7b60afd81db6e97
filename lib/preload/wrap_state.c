/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that name sockets and change their state.
 */
#include "config.h"

#include <errno.h>

#include "preload/calls.h"
#include "preload/record.h"

EXPORT int bind(int fd, __CONST_SOCKADDR_ARG address, socklen_t len)
{
	int result = REAL(bind)(fd, address, len);

	if (result == 0)
		record_bind(fd, address.__sockaddr__, len);
	return result;
}

EXPORT int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t len)
{
	struct connect_attempt attempt = record_connecting(fd, address.__sockaddr__, len);
	int result = REAL(connect)(fd, address, len);

	record_connect(fd, &attempt, address.__sockaddr__, len, result < 0 ? errno : 0);
	return result;
}
EXPORT_ALIAS(__connect, connect);

EXPORT int listen(int fd, int backlog)
{
	int result = REAL(listen)(fd, backlog);

	if (result == 0)
		record_listen(fd, backlog);
	return result;
}

EXPORT int shutdown(int fd, int how)
{
	int result = REAL(shutdown)(fd, how);

	if (result == 0)
		record_shutdown(fd, how);
	return result;
}

EXPORT int getsockname(int fd, __SOCKADDR_ARG address, socklen_t *len)
{
	int result = REAL(getsockname)(fd, address, len);

	if (result == 0)
		record_named(fd, false);
	return result;
}

EXPORT int getpeername(int fd, __SOCKADDR_ARG address, socklen_t *len)
{
	int result = REAL(getpeername)(fd, address, len);

	if (result == 0)
		record_named(fd, true);
	return result;
}
