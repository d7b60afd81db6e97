/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that make and end processes; vfork is in vfork.S.
 */
#include "config.h"

#include <stdarg.h>

#include "preload/calls.h"
#include "preload/record.h"

EXPORT pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	if (pid == 0)
		table_child();
	return pid;
}
EXPORT_ALIAS(__fork, fork);

#ifdef HAVE__FORK
EXPORT pid_t _Fork(void)
{
	pid_t pid = REAL(_Fork)();

	if (pid == 0)
		table_child();
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
		table_child();
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

/* A child that shares the memory and not the descriptors is to this module what a vfork child is,
 * while its parent waits for it; one that runs beside its parent cannot be told from a thread. */
EXPORT int clone(int (*function)(void *), void *stack, int flags, void *argument, ...)
{
	bool apart = (flags & CLONE_VM) && !(flags & (CLONE_FILES | CLONE_THREAD));
	bool waits = apart && (flags & CLONE_VFORK);
	va_list more;
	void *rest[3];
	int pid;

	va_start(more, argument);
	for (int i = 0; i < 3; i++)
		rest[i] = va_arg(more, void *);
	va_end(more);
	if (waits) {
		vfork_frames.depth++;
		add_relaxed(fork_mark, 1);
	}
	pid = REAL(clone)(function, stack, flags, argument, rest[0], rest[1], rest[2]);
	if (waits) {
		add_relaxed(fork_mark, -1);
		vfork_frames.depth--;
		vfork_frames.quiet = false;
	} else if (apart && pid > 0) {
		table_lost(ST_LOST_UNSHARED);
		process_flag(ST_PROCESS_UNSHARED);
	}
	return pid;
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
