/* SPDX-License-Identifier: MIT
 *
 * Here we print bash's completion, made of the tables of commands, options and columns:
 * socktab completion.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "column.h"
#include "command.h"
#include "complain.h"
#include "socktab.h"

struct completion {
	bool sessions;
};

extern const struct command completion_command;

static const char head[] =
"# bash completion of socktab, printed by: socktab completion bash\n"
"\n"
"# $1: words, of which $cur is one\n"
"_socktab_words() {\n"
"	mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
"}\n"
"\n"
"# $1: words, of which $cur holds some, separated by commas, after '+' or '-'\n"
"_socktab_list() {\n"
"	local before='' last=$cur\n"
"\n"
"	case $cur in\n"
"	*,*) before=${cur%,*}, last=${cur##*,} ;;\n"
"	[+-]*) before=${cur:0:1} last=${cur:1} ;;\n"
"	esac\n"
"	mapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${last^^}\")\n"
"	compopt -o nospace 2>/dev/null\n"
"}\n"
"\n"
"# A command of the system and its words; it stands after our options\n"
"_socktab_program() {\n"
"	local i\n"
"\n"
"	for ((i = 2; i < COMP_CWORD; i++)); do\n"
"		case ${COMP_WORDS[i]} in\n"
"		--) ((i++)); break ;;\n"
"		=) ((i++)) ;;\n"
"		-*) [[ \" $takes \" == *\" ${COMP_WORDS[i]} \"* ]] && ((i++)) ;;\n"
"		*) break ;;\n"
"		esac\n"
"	done\n"
"	if ((i >= COMP_CWORD)) && [[ $cur == -* && $prev != -- ]]; then\n"
"		_socktab_words \"$options\"\n"
"	elif declare -F _command_offset >/dev/null; then\n"
"		_command_offset \"$i\"\n"
"	elif ((i >= COMP_CWORD)); then\n"
"		mapfile -t COMPREPLY < <(compgen -c -- \"$cur\")\n"
"	else\n"
"		mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
"	fi\n"
"}\n"
"\n"
"_socktab() {\n"
"	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
"	local command=${COMP_WORDS[1]} options takes columns operands=''\n"
"\n"
"	COMPREPLY=()\n"
"	if [[ $cur == '=' ]]; then\n"
"		cur=''\n"
"	elif [[ $prev == '=' ]]; then\n"
"		prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
"	fi\n";

static const char tail[] =
"	if [[ $cur == -* ]]; then\n"
"		_socktab_words \"$options\"\n"
"	else\n"
"		_socktab_words \"$operands\"\n"
"	fi\n"
"}\n"
"complete -F _socktab socktab\n";

/* --- the words of a kind: a piece of bash that completes $cur with them */

static const char *const completers[] = {
	[WORDS_ANY] = "",
	[WORDS_SESSION] = "_socktab_words \"$(socktab completion --sessions 2>/dev/null)\"; ",
	[WORDS_COLUMN] = "_socktab_list \"$columns\"; ",
	[WORDS_COMMAND] = "",
	[WORDS_PROGRAM] = "",
	[WORDS_FILTER] = "",
	[WORDS_WHEN] = "_socktab_words 'auto always never'; ",
	[WORDS_SHELL] = "",
};

/* What stands where an operand may stand. */
static void print_operands(enum words words)
{
	struct socktab_filter_word word;

	switch (words) {
	case WORDS_COMMAND:
		for (size_t i = 0; commands[i]; i++)
			printf(" %s", commands[i]->name);
		break;
	case WORDS_FILTER:
		for (size_t i = 0; socktab_filter_word(i, &word); i++)
			printf(" %s", word.name);
		break;
	case WORDS_SHELL:
		printf(" bash");
		break;
	default:
		break;
	}
}

/* --- a command's options */

static bool wants_arg(const struct option_entry *e)
{
	return e->arg && !option_arg_is_optional(e);
}

static void print_names(const struct option_entry *entries, bool only_with_arg)
{
	for (const struct option_entry *e = entries; e->name; e++) {
		if (only_with_arg && !wants_arg(e))
			continue;
		if (e->letter)
			printf(" -%c", e->letter);
		printf(" --%s", e->name);
	}
}

static void print_arguments(const struct option_entry *entries)
{
	for (const struct option_entry *e = entries; e->name; e++) {
		if (!wants_arg(e))
			continue;
		fputs("		", stdout);
		if (e->letter)
			printf("-%c | ", e->letter);
		printf("--%s) %sreturn ;;\n", e->name, completers[e->words]);
	}
}

static void print_options(const struct command *command)
{
	fputs("		options='", stdout);
	for (const struct option_group *g = command->groups; g && g->entries; g++)
		print_names(g->entries, false);
	print_names(common_options, false);
	fputs("'\n		takes='", stdout);
	for (const struct option_group *g = command->groups; g && g->entries; g++)
		print_names(g->entries, true);
	fputs("'\n", stdout);
}

static void print_columns(const struct command *command)
{
	if (!command->columns)
		return;
	fputs("		columns='", stdout);
	for (size_t i = 0; i < command->columns->count; i++)
		printf("%s%s", i ? " " : "", command->columns->columns[i].name);
	fputs("'\n", stdout);
}

static void print_states(void)
{
	fputs("		state | exclude) _socktab_words '", stdout);
	for (size_t i = 0; socktab_filter_state(i); i++)
		printf("%s%s", i ? " " : "", socktab_filter_state(i));
	fputs("'; return ;;\n", stdout);
}

static void print_command(const struct command *command, const char *pattern)
{
	printf("	%s)\n", pattern);
	print_options(command);
	print_columns(command);
	fputs("		operands='", stdout);
	print_operands(command->words);
	fputs("'\n		case $prev in\n", stdout);
	for (const struct option_group *g = command->groups; g && g->entries; g++)
		print_arguments(g->entries);
	if (command->words == WORDS_FILTER)
		print_states();
	fputs("		esac\n", stdout);
	if (command->words == WORDS_PROGRAM)
		fputs("		_socktab_program; return ;;\n", stdout);
	else
		fputs("		;;\n", stdout);
}

/* At the first word a command is expected; what is none belongs to ls. */
static void print_bash(void)
{
	fputs(head, stdout);
	fputs("	if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then\n		_socktab_words '",
	      stdout);
	print_operands(WORDS_COMMAND);
	print_operands(WORDS_FILTER);
	fputs("'\n		return\n	fi\n	case $command in\n", stdout);
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, "ls"))
			print_command(commands[i], commands[i]->name);
	print_command(command_find("ls"), "ls | *");
	fputs("	esac\n", stdout);
	fputs(tail, stdout);
}

static int print_sessions(void)
{
	struct socktab_session *sessions = NULL;
	struct socktab_error error;
	int count = socktab_sessions(NULL, &sessions, &error);

	if (count < 0) {
		complain("%s", error.text);
		return STATUS_FAILED;
	}
	for (int i = 0; i < count; i++)
		puts(sessions[i].name);
	free(sessions);
	return STATUS_OK;
}

static int run(int argc, char **argv)
{
	struct completion completion = { 0 };
	int at = options_parse(&completion_command, &completion, argc, argv);

	if (completion.sessions) {
		options_end(&completion_command, argc, argv, at);
		return print_sessions();
	}
	options_end(&completion_command, argc, argv, at + 1);
	if (at == argc || strcmp(argv[at], "bash"))
		wrong_usage("completion: of which shell? Known is: bash");
	print_bash();
	return STATUS_OK;
}

static const struct option_entry own_options[] = {
	{ 0, "sessions", NULL, "print the names of the sessions instead, one a line",
	  option_true, offsetof(struct completion, sessions), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ 0 }
};

const struct command completion_command = {
	.name = "completion",
	.operands = "SHELL",
	.summary = "print the completion script of a shell: bash",
	.details = "source <(socktab completion bash)",
	.run = run,
	.groups = groups,
	.words = WORDS_SHELL,
};
