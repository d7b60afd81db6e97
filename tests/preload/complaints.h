/* SPDX-License-Identifier: MIT
 *
 * What is wrong, a line each: a check says all that it finds before the test fails.
 */
#ifndef COMPLAINTS_H
#define COMPLAINTS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

struct complaints {
	size_t used;		/* 0: none */
	char text[8192];
};

__attribute__((format(printf, 2, 3)))
static inline void complain(struct complaints *all, const char *format, ...)
{
	va_list arguments;
	int n;

	if (all->used + 2 >= sizeof(all->text))
		return;
	va_start(arguments, format);
	n = vsnprintf(all->text + all->used, sizeof(all->text) - all->used - 1, format,
		      arguments);
	va_end(arguments);
	if (n < 0)
		return;
	all->used += (size_t)n;
	if (all->used > sizeof(all->text) - 2)
		all->used = sizeof(all->text) - 2;
	all->text[all->used++] = '\n';
	all->text[all->used] = '\0';
}

#endif
