/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that close descriptors. Each looks the row up before and takes it out
 * after: see descriptors.h.
 */
#include "config.h"

#include <errno.h>

#include "preload/calls.h"
#include "preload/clock.h"
#include "preload/record.h"

EXPORT int close(int fd)
{
	uint64_t ref = descriptor_ref(fd);
	int result;

	if (likely(!ref))
		return REAL(close)(fd);
	record_closing(ref, fd);
	result = REAL(close)(fd);
	record_closed(fd, ref, result < 0 ? errno : 0, ST_CLOSER_CLOSE);
	return result;
}
EXPORT_ALIAS(__close, close);

#ifdef HAVE_CLOSE_RANGE
EXPORT int close_range(unsigned first, unsigned last, int flags)
{
	uint64_t start = clock_now();
	int result = REAL(close_range)(first, last, flags);

	if (result == 0)
		record_close_range(first, last, flags, start);
	return result;
}
#endif

#ifdef HAVE_CLOSEFROM
EXPORT void closefrom(int first)
{
	uint64_t start = clock_now();

	REAL(closefrom)(first);
	record_range_closed(first < 0 ? 0 : (unsigned)first, ~0u, start);
}
#endif

EXPORT int fclose(FILE *stream)
{
	int saved = errno;
	int fd = fileno(stream);
	uint64_t ref = descriptor_ref(fd);
	int result;

	errno = saved;			/* a stream without a descriptor made fileno fail */
	if (ref)
		record_closing(ref, fd);
	result = REAL(fclose)(stream);
	record_closed(fd, ref, 0, ST_CLOSER_STDIO);
	return result;
}
EXPORT_ALIAS(_IO_fclose, fclose);

EXPORT FILE *freopen(const char *path, const char *mode, FILE *stream)
{
	int saved = errno;
	int fd = fileno(stream);
	uint64_t ref = descriptor_ref(fd);
	FILE *result;

	errno = saved;
	result = REAL(freopen)(path, mode, stream);
	record_closed(fd, ref, 0, ST_CLOSER_STDIO);
	return result;
}

EXPORT FILE *freopen64(const char *path, const char *mode, FILE *stream)
{
	int saved = errno;
	int fd = fileno(stream);
	uint64_t ref = descriptor_ref(fd);
	FILE *result;

	errno = saved;
	result = REAL(freopen64)(path, mode, stream);
	record_closed(fd, ref, 0, ST_CLOSER_STDIO);
	return result;
}

/* A message queue is a descriptor, and mq_close closes whatever number it is given. */
EXPORT int mq_close(mqd_t queue)
{
	uint64_t ref = descriptor_ref((int)queue);
	int result = REAL(mq_close)(queue);

	record_closed((int)queue, ref, result < 0 ? errno : 0, ST_CLOSER_OTHER);
	return result;
}
