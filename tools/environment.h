/* SPDX-License-Identifier: MIT
 *
 * The environment that puts a program into a session.
 */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include <limits.h>

struct environment {
	char ld_preload[4 * PATH_MAX];
	char directory[PATH_MAX];	/* of sessions, absolute */
	char session[64];
	unsigned long rows;		/* 0: the module's own default */
};

#define ROWS_MAX (1ul << 24)

/* Finds the module and makes the directory; `session` and `rows` are the caller's to fill.
 * Answers STATUS_OK, or complains and answers STATUS_FAILED. */
int environment_prepare(struct environment *environment);

/* Puts it into this process's own environment. */
void environment_set(const struct environment *environment);

#endif
