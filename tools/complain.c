/* SPDX-License-Identifier: MIT
 *
 * Here we complain. The only place that turns errno values into words.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "escape.h"

/* The words may come from a command line or from a program: escape all of them. */
static void say(const char *format, va_list args, const char *why)
{
	char line[1024], safe[4 * sizeof(line)];
	int len = vsnprintf(line, sizeof(line), format, args);

	if (why && len >= 0 && (size_t)len < sizeof(line))
		snprintf(line + len, sizeof(line) - (size_t)len, ": %s", why);
	escape_text(safe, sizeof(safe), line, strlen(line));
	fflush(stdout);
	fprintf(stderr, "socktab: %s\n", safe);
}

void complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args, NULL);
	va_end(args);
}

int fail(int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args, strerror(abs(error)));
	va_end(args);
	return STATUS_FAILED;
}

void wrong_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args, NULL);
	va_end(args);
	exit(STATUS_USAGE);
}

const char *errno_name(int error, char *buf, unsigned int size)
{
#ifdef HAVE_STRERRORNAME_NP
	const char *name = strerrorname_np(error);

	if (name)
		return name;
#endif
	snprintf(buf, size, "%d", error);
	return buf;
}
