/* SPDX-License-Identifier: MIT
 *
 * Options, each one entry: the parser, the help, the completion and the manual's test all follow
 * from it. A command has groups of them; a group writes into a struct within the command's own.
 */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct command;

/* What a word of the command line may be: completion offers these. */
enum words {
	WORDS_ANY,
	WORDS_SESSION,
	WORDS_COLUMN,
	WORDS_COMMAND,		/* of the tool */
	WORDS_PROGRAM,		/* of the system, and its arguments */
	WORDS_FILTER,
	WORDS_WHEN,
	WORDS_SHELL,
};

struct option_entry {
	char letter;		/* 0: none */
	const char *name;	/* NULL ends a group */
	const char *arg;	/* NULL: takes none; "[X]": may be left out */
	const char *help;
	/* Called for each time that it is given; exits with wrong_usage when arg is wrong. */
	void (*set)(void *field, const char *arg);
	size_t offset;		/* of the field in the group's struct */
	enum words words;	/* that arg may be */
};

struct option_group {
	const struct option_entry *entries;	/* NULL ends the list */
	size_t base;		/* of the group's struct in the command's */
};

/* Of every command: -h, -V. They end the program. */
extern const struct option_entry common_options[];

void option_true(void *boolean, const char *arg);
void option_string(void *string, const char *arg);

/* A whole number of 1 to max, else wrong_usage. */
unsigned long option_number(const char *arg, unsigned long max, const char *what);

bool option_arg_is_optional(const struct option_entry *entry);

/* Fills `into`, which the caller has zeroed; answers the index in argv of the first operand.
 * Does not come back when the command line is wrong, or was -h or -V. */
int options_parse(const struct command *command, void *into, int argc, char **argv);

/* Complains of operands that the command does not take. */
void options_end(const struct command *command, int argc, char **argv, int at);

/* Prints a line for each option of a group. */
void options_help(const struct option_entry *entries);

#endif
