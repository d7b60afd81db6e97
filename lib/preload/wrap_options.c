/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that set and tell options of sockets and descriptors.
 */
#include "config.h"

#include <stdarg.h>

#include "preload/calls.h"
#include "preload/record.h"

EXPORT int setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
	int result = REAL(setsockopt)(fd, level, name, value, len);

	if (result == 0)
		record_option(fd, level, name, value, len, false);
	return result;
}

EXPORT int getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
	int result = REAL(getsockopt)(fd, level, name, value, len);

	if (result == 0)
		record_option(fd, level, name, value, *len, true);
	return result;
}

/* Its argument is an int, a pointer or nothing: libc reads one word, and so do we. */
EXPORT int fcntl(int fd, int command, ...)
{
	uint64_t source = descriptor_ref(fd);
	va_list arguments;
	void *argument;
	int result;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	result = REAL(fcntl)(fd, command, argument);
	if (result >= 0 && source)
		record_fcntl(fd, command, (long)argument, result, source);
	return result;
}
EXPORT_ALIAS(fcntl64, fcntl);
EXPORT_ALIAS(__fcntl, fcntl);

EXPORT int ioctl(int fd, unsigned long request, ...)
{
	struct st_row *row = descriptor_row(fd);
	va_list arguments;
	void *argument;
	int result;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	result = REAL(ioctl)(fd, request, argument);
	if (result >= 0 && row)
		record_ioctl(fd, request, argument);
	return result;
}
