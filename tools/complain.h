/* SPDX-License-Identifier: MIT
 *
 * What the tool says when something is wrong: one line on stderr, and a status of its own.
 */
#ifndef COMPLAIN_H
#define COMPLAIN_H

enum status {
	STATUS_OK = 0,
	STATUS_NOTHING = 1,	/* nothing matched, or doctor found a problem */
	STATUS_USAGE = 2,
	STATUS_TIMED_OUT = 124,
	STATUS_FAILED = 125,	/* the tool's own failure */
	STATUS_NOT_EXECUTABLE = 126,
	STATUS_NOT_FOUND = 127,
};

/* "socktab: ..." on one line, whatever the words hold. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with what `error` (an errno value, either sign) means. Answers STATUS_FAILED. */
int fail(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The command line is wrong: complains and exits with STATUS_USAGE. */
_Noreturn void wrong_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "ECONNREFUSED"; for an unknown one its number, in buf. */
const char *errno_name(int error, char *buf, unsigned int size);

#endif
