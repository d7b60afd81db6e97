/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that duplicate descriptors; fcntl is in wrap_options.c.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/record.h"

EXPORT int dup(int fd)
{
	uint64_t source = descriptor_ref(fd);
	int result = REAL(dup)(fd);

	if (result >= 0 && source)
		record_duplicate(source, result, descriptor_ref(result), false);
	return result;
}

/* dup2 of a number over itself, and one that fails, touch nothing: dup(2). */
EXPORT int dup2(int fd, int to)
{
	uint64_t source = descriptor_ref(fd);
	uint64_t over = descriptor_ref(to);
	int result = REAL(dup2)(fd, to);

	if (result >= 0 && fd != to && (source || over))
		record_duplicate(source, to, over, false);
	return result;
}
EXPORT_ALIAS(__dup2, dup2);

EXPORT int dup3(int fd, int to, int flags)
{
	uint64_t source = descriptor_ref(fd);
	uint64_t over = descriptor_ref(to);
	int result = REAL(dup3)(fd, to, flags);

	if (result >= 0 && (source || over))
		record_duplicate(source, to, over, flags & O_CLOEXEC);
	return result;
}
