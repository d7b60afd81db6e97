/* SPDX-License-Identifier: MIT
 *
 * Here we explain: socktab help, and -h of every command.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "filter.h"
#include "nearest.h"

extern const struct command help_command;

void command_help(const struct command *command)
{
	printf("usage: socktab %s [OPTIONS]%s%s\n\n%c%s.\n", command->name,
	       command->operands[0] ? " " : "", command->operands,
	       command->summary[0] - 'a' + 'A', command->summary + 1);
	if (command->details)
		printf("%s\n", command->details);
	puts("\noptions:");
	for (const struct option_group *g = command->groups; g && g->entries; g++)
		options_help(g->entries);
	options_help(common_options);
}

static void print_commands(void)
{
	puts("usage: socktab COMMAND [OPTIONS] ...\n"
	     "       socktab [OPTIONS] [FILTER]      the same as socktab ls\n\n"
	     "A live table of the sockets that unmodified programs hold.\n\ncommands:");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
	puts("\n'socktab help COMMAND' tells its options; socktab(1) tells all.");
}

static _Noreturn void unknown_command(const char *name)
{
	struct nearest nearest = { .word = name };
	char hint[64];

	for (size_t i = 0; commands[i]; i++)
		nearest_try(&nearest, commands[i]->name);
	wrong_usage("help: there is no command '%s'%s", name,
		    nearest_hint(&nearest, hint, sizeof(hint)));
}

static int run(int argc, char **argv)
{
	int at = options_parse(&help_command, NULL, argc, argv);
	const struct command *command;

	options_end(&help_command, argc, argv, at + 1);
	if (at >= argc) {
		print_commands();
		return STATUS_OK;
	}
	if (!strcmp(argv[at], "filter")) {
		filter_help();
		return STATUS_OK;
	}
	command = command_find(argv[at]);
	if (!command)
		unknown_command(argv[at]);
	command_help(command);
	return STATUS_OK;
}

const struct command help_command = {
	.name = "help",
	.operands = "[COMMAND | filter]",
	.summary = "list the commands, explain one, or the words of a filter",
	.run = run,
	.words = WORDS_COMMAND,
};
