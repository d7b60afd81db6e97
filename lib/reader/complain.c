/* SPDX-License-Identifier: MIT
 *
 * Here we complain: one line that says what is wrong, where, and what to do.
 */
#include <stdarg.h>
#include <stdio.h>

#include "reader.h"

int st_fail(struct socktab_error *error, int code, const char *format, ...)
{
	va_list args;

	if (!error)
		return -code;
	error->code = code;
	va_start(args, format);
	vsnprintf(error->text, sizeof error->text, format, args);
	va_end(args);
	return -code;
}
