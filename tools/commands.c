/* SPDX-License-Identifier: MIT
 *
 * Here we list the commands: a new one is a file and a line here.
 */
#include "config.h"

#include <string.h>

#include "command.h"

extern const struct command run_command, ls_command, ps_command, show_command, audit_command,
	wait_command, gc_command, env_command, doctor_command, completion_command, help_command;

const struct command *const commands[] = {
	&run_command,
	&ls_command,
	&ps_command,
	&show_command,
	&audit_command,
	&wait_command,
	&gc_command,
	&env_command,
	&doctor_command,
	&completion_command,
	&help_command,
	NULL
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
