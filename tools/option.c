/* SPDX-License-Identifier: MIT
 *
 * Here we read the command line by the tables of options.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "nearest.h"

#define ENTRIES_MAX 64

/* The tables of a command in getopt's form. */
struct parser {
	const struct command *command;
	size_t count;
	struct option longs[ENTRIES_MAX + 1];	/* val is the index */
	const struct option_entry *entries[ENTRIES_MAX];
	size_t bases[ENTRIES_MAX];
	char shorts[3 * ENTRIES_MAX + 3];
};

/* "[X]", but not "[-]X". */
bool option_arg_is_optional(const struct option_entry *entry)
{
	return entry->arg && entry->arg[0] == '[' && entry->arg[strlen(entry->arg) - 1] == ']';
}

static int takes(const struct option_entry *entry)
{
	if (!entry->arg)
		return no_argument;
	return option_arg_is_optional(entry) ? optional_argument : required_argument;
}

static void parser_add(struct parser *p, const struct option_entry *entry, size_t base)
{
	size_t n = p->count++, len = strlen(p->shorts);

	if (n == ENTRIES_MAX)
		abort();
	p->entries[n] = entry;
	p->bases[n] = base;
	p->longs[n] = (struct option){ entry->name, takes(entry), NULL, 256 + (int)n };
	if (entry->letter) {
		p->shorts[len++] = entry->letter;
		for (int i = 0; i < takes(entry); i++)
			p->shorts[len++] = ':';
	}
}

static void parser_init(struct parser *p, const struct command *command)
{
	memset(p, 0, sizeof(*p));
	p->command = command;
	strcpy(p->shorts, command->stops ? "+:" : ":");
	for (const struct option_group *g = command->groups; g && g->entries; g++)
		for (const struct option_entry *e = g->entries; e->name; e++)
			parser_add(p, e, g->base);
	for (const struct option_entry *e = common_options; e->name; e++)
		parser_add(p, e, 0);
}

static size_t parser_find(const struct parser *p, int val)
{
	if (val >= 256)
		return (size_t)val - 256;
	for (size_t i = 0; i < p->count; i++)
		if (p->entries[i]->letter == val)
			return i;
	abort();
}

static _Noreturn void unknown_option(const struct parser *p, const char *word)
{
	struct nearest nearest = { .word = word };
	char hint[64], named[ENTRIES_MAX][32];

	if (optopt > 0 && optopt < 256)
		wrong_usage("%s: unknown option '-%c' (socktab help %s)", p->command->name, optopt,
			    p->command->name);
	for (size_t i = 0; i < p->count; i++) {
		snprintf(named[i], sizeof(named[i]), "--%s", p->entries[i]->name);
		nearest_try(&nearest, named[i]);
	}
	wrong_usage("%s: '%s' is no option or not the whole of one%s (socktab help %s)",
		    p->command->name, word, nearest_hint(&nearest, hint, sizeof(hint)),
		    p->command->name);
}

static _Noreturn void wrong_option(const struct parser *p, int answer, char **argv)
{
	const char *word = argv[optind - 1];

	if (answer == ':')
		wrong_usage("%s: option '%s' wants an argument", p->command->name, word);
	/* getopt's ways to say that a long option was given one it does not take. */
	if (optopt >= 256)
		wrong_usage("%s: option '--%s' takes no argument", p->command->name,
			    p->entries[optopt - 256]->name);
	unknown_option(p, word);
}

static bool is_number(const char *word)
{
	return word && isdigit((unsigned char)word[word[0] == '.']);
}

/* "-w 5": getopt sees an argument that may be left out only in "-w5". */
static const char *optional_argument_of(int argc, char **argv)
{
	if (!optarg && optind < argc && is_number(argv[optind]))
		return argv[optind++];
	return optarg;
}

static _Noreturn void print_help(const struct command *command)
{
	command_help(command);
	exit(STATUS_OK);
}

int options_parse(const struct command *command, void *into, int argc, char **argv)
{
	struct parser p;
	int answer;

	parser_init(&p, command);
	opterr = 0;
	while ((answer = getopt_long(argc, argv, p.shorts, p.longs, NULL)) != -1) {
		size_t i;

		if (answer == '?' || answer == ':')
			wrong_option(&p, answer, argv);
		i = parser_find(&p, answer);
		if (takes(p.entries[i]) == optional_argument)
			optarg = (char *)optional_argument_of(argc, argv);
		if (!p.entries[i]->set)
			print_help(command);
		p.entries[i]->set((char *)into + p.bases[i] + p.entries[i]->offset, optarg);
	}
	return optind;
}

void options_end(const struct command *command, int argc, char **argv, int at)
{
	if (at < argc)
		wrong_usage("%s: does not know what to do with '%s' (socktab help %s)",
			    command->name, argv[at], command->name);
}

static void print_version(void *unused, const char *arg)
{
	(void)unused, (void)arg;
	puts("socktab " PACKAGE_VERSION);
	exit(STATUS_OK);
}

/* -h has no setter: only the parser knows whose help is wanted. */
const struct option_entry common_options[] = {
	{ 'h', "help", NULL, "print this and exit", NULL, 0, WORDS_ANY },
	{ 'V', "version", NULL, "print the version and exit", print_version, 0, WORDS_ANY },
	{ 0 }
};

void option_true(void *boolean, const char *arg)
{
	(void)arg;
	*(bool *)boolean = true;
}

void option_string(void *string, const char *arg)
{
	*(const char **)string = arg;
}

unsigned long option_number(const char *arg, unsigned long max, const char *what)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(arg, &end, 10);
	if (!isdigit((unsigned char)arg[0]) || *end || errno || n < 1 || n > max)
		wrong_usage("'%s' is no %s of 1 to %lu", arg, what, max);
	return n;
}

void options_help(const struct option_entry *entries)
{
	for (const struct option_entry *e = entries; e->name; e++) {
		char left[64], letter[] = { '-', e->letter, ',', ' ', '\0' };
		bool optional = option_arg_is_optional(e);

		snprintf(left, sizeof(left), "%s--%s%s%s", e->letter ? letter : "    ", e->name,
			 !e->arg ? "" : optional ? "[=" : "=", !e->arg ? "" : e->arg + optional);
		printf("  %-26s %s\n", left, e->help);
	}
}
