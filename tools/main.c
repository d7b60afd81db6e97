/* SPDX-License-Identifier: MIT
 *
 * Here we start: the first word picks the command.
 */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "complain.h"

/* -h and -V of the tool itself; anything else that is no command belongs to ls. */
static const struct command *choose(int argc, char **argv)
{
	const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

	if (!command && argc == 2 && (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help")))
		return command_find("help");
	return command;
}

static int run(int argc, char **argv)
{
	const struct command *command = choose(argc, argv);

	if (!command)
		return command_find("ls")->run(argc, argv);
	if (argv[1][0] == '-')
		return command->run(1, argv);
	return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	int status;

	setlocale(LC_ALL, "");
	status = run(argc, argv);
	if (fflush(stdout) == EOF || ferror(stdout))
		return fail(errno, "standard output");
	return status;
}
