/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that make or bind sockets inside libc, where no wrapper sees it.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/record.h"

EXPORT int bindresvport(int fd, struct sockaddr_in *address)
{
	int result = REAL(bindresvport)(fd, address);
	struct sockaddr_in bound = { .sin_family = AF_INET };

	if (result == 0)		/* the port that it chose is in `address`, or the kernel knows */
		record_bind(fd, address ? address : &bound, sizeof(bound));
	return result;
}

EXPORT int rresvport(int *port)
{
	int fd = REAL(rresvport)(port);

	if (fd >= 0)
		record_found(fd, ST_ORIGIN_SOCKET);
	return fd;
}

EXPORT int rresvport_af(int *port, sa_family_t family)
{
	int fd = REAL(rresvport_af)(port, family);

	if (fd >= 0)
		record_found(fd, ST_ORIGIN_SOCKET);
	return fd;
}
