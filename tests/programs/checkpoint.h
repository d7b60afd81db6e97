/* SPDX-License-Identifier: MIT
 *
 * How a program of this folder speaks to whoever runs it: what it `say`s must be the same in
 * every run; at a `checkpoint` it tells numbers that may differ (descriptors, ports, pids) and
 * waits for a line, so that all that it holds can be looked at while it stands still.
 *
 * Only read and write are called here: these also work under the strictest seccomp filter, in
 * a chroot, and in a child of vfork.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Descriptors of the conversation; a program that gives up 0 or 1 moves them first. */
static int checkpoint_in = STDIN_FILENO, checkpoint_out = STDOUT_FILENO;

__attribute__((format(printf, 2, 0)))
static inline void write_line(const char *prefix, const char *format, va_list arguments)
{
	char line[1024];
	size_t used, done = 0;

	used = (size_t)snprintf(line, sizeof(line), "%s", prefix);
	vsnprintf(line + used, sizeof(line) - used - 1, format, arguments);
	used = strlen(line);
	line[used++] = '\n';
	while (done < used) {
		ssize_t n = write(checkpoint_out, line + done, used - done);

		if (n < 0 && errno != EINTR)
			_exit(3);
		done += n < 0 ? 0 : (size_t)n;
	}
}

__attribute__((format(printf, 1, 2)))
static inline void say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line("", format, arguments);
	va_end(arguments);
}

/* Ends the program when nobody is there any more. */
static inline void wait_for_line(void)
{
	char byte = 0;

	while (byte != '\n') {
		ssize_t n = read(checkpoint_in, &byte, 1);

		if (n == 0 || (n < 0 && errno != EINTR))
			_exit(3);
	}
}

__attribute__((format(printf, 1, 2)))
static inline void checkpoint(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line("@", format, arguments);
	va_end(arguments);
	wait_for_line();
}

/* Returns when the parent is gone, and all that it held with it. */
static inline void wait_until_orphaned(pid_t parent)
{
	while (getppid() == parent)
		usleep(500);
}

/* This machine cannot show the behaviour; `why` says what is missing. */
static inline void skip(const char *why)
{
	checkpoint("skip %s%s%s", why, errno ? ": " : "", errno ? strerror(errno) : "");
	_exit(77);
}

#define MUST(call) must((call), #call)
static inline long must(long result, const char *call)
{
	if (result >= 0)
		return result;
	say("%s: %s", call, strerror(errno));
	_exit(2);
}

/* A pointer to no memory, of which the compiler does not know that. */
static inline void *nowhere(void)
{
	void *volatile address = (void *)8;

	return address;
}

/* What a call answered and, when it failed, errno. */
#define TELL(call) tell((call), #call)
static inline long tell(long result, const char *call)
{
	if (result < 0)
		say("%s = %ld, errno %d", call, result, errno);
	else
		say("%s = %ld", call, result);
	return result;
}

#endif
