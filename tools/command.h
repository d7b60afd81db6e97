/* SPDX-License-Identifier: MIT
 *
 * Commands, each one entry in its own file; commands.c lists them.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "option.h"

struct column_table;

struct command {
	const char *name;
	const char *operands;		/* for the usage line: "[FILTER]" */
	const char *summary;		/* one line */
	const char *details;		/* more lines for its help; NULL: none */
	int (*run)(int argc, char **argv);	/* answers the exit status */
	const struct option_group *groups;
	const struct column_table *columns;	/* that -o takes; NULL: no -o */
	enum words words;		/* of its operands */
	bool stops;			/* options stop at the first operand */
};

extern const struct command *const commands[];	/* NULL ends it */

const struct command *command_find(const char *name);	/* NULL: there is none */

void command_help(const struct command *command);

#endif
