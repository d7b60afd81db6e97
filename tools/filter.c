/* SPDX-License-Identifier: MIT
 *
 * Here we read the filter of a command line. As with ss, its words may come apart or together.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "command.h"
#include "complain.h"
#include "escape.h"
#include "filter.h"
#include "nearest.h"
#include "value.h"

static char *join(int count, char *const *words)
{
	size_t size = 1;
	char *text, *end;

	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	text = end = malloc(size);
	if (!text)
		abort();
	*text = '\0';
	for (int i = 0; i < count; i++)
		end = stpcpy(stpcpy(end, i ? " " : ""), words[i]);
	return text;
}

/* --- complaints */

/* Answers the columns that it takes; prints nothing without `out`. */
static size_t print_safe(const char *text, size_t length, FILE *out)
{
	char *safe = malloc(4 * length + 1);
	wchar_t *wide = calloc(4 * length + 1, sizeof(*wide));
	size_t count;
	int width;

	if (!safe || !wide)
		abort();
	escape_text(safe, 4 * length + 1, text, length);
	count = mbstowcs(wide, safe, 4 * length + 1);
	width = count == (size_t)-1 ? -1 : wcswidth(wide, count);
	if (out)
		fputs(safe, out);
	count = width < 0 ? strlen(safe) : (size_t)width;
	free(wide);
	free(safe);
	return count;
}

/* The first word may have been meant for a command as well. */
static void complain_of_first(const char *text, const struct socktab_filter_error *error)
{
	struct nearest nearest = { 0 };
	char word[64], hint[64];

	snprintf(word, sizeof(word), "%.*s", (int)error->length, text);
	if (command_find(word))
		wrong_usage("'%s' is a command and goes first: socktab %s ...", word, word);
	nearest.word = word;
	if (error->nearest)
		nearest_try(&nearest, error->nearest);
	for (size_t i = 0; commands[i]; i++)
		nearest_try(&nearest, commands[i]->name);
	complain("filter, column 1: '%s' is neither a command nor a word of a filter%s", word,
		 nearest_hint(&nearest, hint, sizeof(hint)));
}

static bool is_first_word(const char *text, const struct socktab_filter_error *error)
{
	return error->code == ENOENT && strspn(text, " \t\n") == error->offset;
}

static _Noreturn void complain_of(const char *text, const struct socktab_filter_error *error)
{
	size_t before = print_safe(text, error->offset, NULL);

	if (error->code == ENOMEM)
		exit(fail(error->code, "filter"));
	if (is_first_word(text, error))
		complain_of_first(text + error->offset, error);
	else
		complain("filter, column %zu: %s", before + 1, error->text);
	fputs("  ", stderr);
	print_safe(text, strlen(text), stderr);
	fprintf(stderr, "\n  %*s^\n", (int)before, "");
	exit(STATUS_USAGE);
}

/* --- what there is to be had */

struct socktab_filter *filter_parse(int count, char *const *words)
{
	char *text = join(count, words);
	struct socktab_filter_error error;
	struct socktab_filter *filter;

	if (socktab_filter_parse(text, SOCKTAB_FILTER_RESOLVE, &filter, &error) < 0)
		complain_of(text, &error);
	free(text);
	return filter;
}

bool filter_match(const struct socktab_filter *filter, const struct subject *subject)
{
	return socktab_filter_match(filter, subject->table, subject->row);
}

void filter_help(void)
{
	struct socktab_filter_word word;
	const char *state;

	puts("FILTER: terms joined by 'and' (also & && or nothing), 'or' (| ||), 'not' (!) and\n"
	     "parentheses, from left to right as ss reads them. A term is a word, an operator\n"
	     "(= == eq, != ne neq, < lt, <= le leq, > gt, >= ge geq; = may be left out) and a\n"
	     "value. N,N and NAME,NAME: one of these.\n\nwords:");
	for (size_t i = 0; socktab_filter_word(i, &word); i++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%s%s %s", word.name, word.alias ? ", " : "",
			 word.alias ? word.alias : "", word.value);
		printf("  %-24s %s\n", left, word.help);
	}
	fputs("\nstates:", stdout);
	for (size_t i = 0; (state = socktab_filter_state(i)); i++)
		printf("%s%s", i % 8 ? " " : "\n  ", state);
	puts("");
}
