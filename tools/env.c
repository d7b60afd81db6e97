/* SPDX-License-Identifier: MIT
 *
 * Here we print the environment that puts a program into a session: socktab env.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "environment.h"
#include "session_name.h"

struct env {
	const char *name;
	unsigned long rows;
	bool export;
};

extern const struct command env_command;

static void print_quoted(const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789%+,-./:=@_";

	if (*value && strspn(value, plain) == strlen(value)) {
		fputs(value, stdout);
		return;
	}
	putchar('\'');
	for (; *value; value++)
		if (*value == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*value);
	putchar('\'');
}

static void print(const char *before, const char *name, const char *value)
{
	printf("%s%s=", before, name);
	print_quoted(value);
}

/* The session that we are in, if we are, else the one that a bare LD_PRELOAD joins. */
static const char *session_name(const struct env *env)
{
	const char *current = getenv("SOCKTAB_SESSION");

	if (env->name)
		return env->name;
	return current && session_name_is_valid(current) ? current : "default";
}

static int run(int argc, char **argv)
{
	struct environment environment = { .rows = 0 };
	struct env env = { 0 };
	int status;

	options_end(&env_command, argc, argv, options_parse(&env_command, &env, argc, argv));
	status = environment_prepare(&environment);
	if (status)
		return status;
	print(env.export ? "export " : "", "LD_PRELOAD", environment.ld_preload);
	print(" ", "SOCKTAB_DIR", environment.directory);
	print(" ", "SOCKTAB_SESSION", session_name(&env));
	if (env.rows)
		printf(" SOCKTAB_ROWS=%lu", env.rows);
	putchar('\n');
	return STATUS_OK;
}

static void set_rows(void *rows, const char *arg)
{
	*(unsigned long *)rows = option_number(arg, ROWS_MAX, "number of rows");
}

static const struct option_entry own_options[] = {
	{ 'n', "name", "NAME", "name of the session (default: the present one, else 'default')",
	  session_name_set, offsetof(struct env, name), WORDS_SESSION },
	{ 0, "rows", "N", "rows that the session has room for, when it is new",
	  set_rows, offsetof(struct env, rows), WORDS_ANY },
	{ 0, "export", NULL, "as an export command, for eval",
	  option_true, offsetof(struct env, export), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ 0 }
};

const struct command env_command = {
	.name = "env",
	.operands = "",
	.summary = "print the environment that puts a program into a session",
	.details = "env $(socktab env) CMD   or   eval \"$(socktab env --export)\"",
	.run = run,
	.groups = groups,
};
