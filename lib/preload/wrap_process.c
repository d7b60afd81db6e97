/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that make and end processes; vfork is in vfork.S.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/record.h"

/* A handler of pthread_atfork may have used a socket in the child, which did the work already:
 * table_settle does it once. */
static void settle_child(void)
{
	if (table.header)
		table_settle();
}

EXPORT pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	if (pid == 0)
		settle_child();
	return pid;
}
EXPORT_ALIAS(__fork, fork);

#ifdef HAVE__FORK
EXPORT pid_t _Fork(void)
{
	pid_t pid = REAL(_Fork)();

	if (pid == 0)
		settle_child();
	return pid;
}
#endif

/* The three standard streams: libc may have put something else there. */
static void check_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (descriptor_ref(fd))
			descriptor_check(fd, ST_CLOSER_OTHER, ST_ORIGIN_UNKNOWN);
}

/* Forks inside libc, and its parent leaves without a word. */
EXPORT int daemon(int nochdir, int noclose)
{
	int result = REAL(daemon)(nochdir, noclose);

	if (result == 0) {
		settle_child();
		check_streams();
	}
	return result;
}

EXPORT int login_tty(int fd)
{
	uint64_t ref = descriptor_ref(fd);
	int result = REAL(login_tty)(fd);

	if (result == 0) {
		check_streams();
		record_closed(fd, ref, 0, ST_CLOSER_OTHER);
	}
	return result;
}

EXPORT void _exit(int status)
{
	process_exited(status);
	REAL(_exit)(status);
	__builtin_unreachable();
}

EXPORT void _Exit(int status)
{
	process_exited(status);
	REAL(_Exit)(status);
	__builtin_unreachable();
}

EXPORT int unshare(int flags)
{
	int result = REAL(unshare)(flags);

	if (result == 0 && flags & CLONE_FILES)
		record_unshared();
	return result;
}
