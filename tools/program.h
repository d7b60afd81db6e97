/* SPDX-License-Identifier: MIT
 *
 * A program that is about to be started: where it is, and whether it can be preloaded.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <limits.h>
#include <stddef.h>

struct program {
	char path[PATH_MAX];	/* as found; a script's: its interpreter, in the end */
	char script[PATH_MAX];	/* the script itself; "": it is none */
	char why[512];		/* why it cannot be preloaded; "": it can */
};

/* Finds it as a shell would. STATUS_OK, or complains and answers STATUS_NOT_FOUND or
 * STATUS_NOT_EXECUTABLE. */
int program_find(const char *name, struct program *program);

/* Fills path, script and why. STATUS_OK when it can be preloaded, else STATUS_NOT_EXECUTABLE;
 * says nothing. One that cannot be read gets the benefit of the doubt. */
int program_judge(struct program *program);

#endif
