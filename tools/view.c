/* SPDX-License-Identifier: MIT
 *
 * Here we turn the options of output into a page.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"
#include "escape.h"
#include "losses.h"
#include "view.h"

#define FIELD(name) offsetof(struct view, name)

static void set_json(void *format, const char *arg)
{
	(void)arg;
	*(enum format *)format = FORMAT_JSON;
}

static void set_jsonl(void *format, const char *arg)
{
	(void)arg;
	*(enum format *)format = FORMAT_JSONL;
}

static void set_csv(void *format, const char *arg)
{
	(void)arg;
	*(enum format *)format = FORMAT_CSV;
}

static void set_color(void *when, const char *arg)
{
	static const char *const words[] = {
		[WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never",
	};

	for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(arg, words[i])) {
			*(enum when *)when = (enum when)i;
			return;
		}
	wrong_usage("--color is auto, always or never, not '%s'", arg);
}

const struct option_entry view_options[] = {
	{ 'J', "json", NULL, "one JSON object", set_json, FIELD(format), WORDS_ANY },
	{ 'j', "jsonl", NULL, "a JSON object a line for each row", set_jsonl, FIELD(format),
	  WORDS_ANY },
	{ 0, "color", "WHEN", "colours: auto, always or never (NO_COLOR is honoured)",
	  set_color, FIELD(color), WORDS_WHEN },
	{ 'q', "quiet", NULL, "print nothing: the status tells",
	  option_true, FIELD(quiet), WORDS_ANY },
	{ 'v', "verbose", NULL, "exact numbers of bytes; show: also what is not known",
	  option_true, FIELD(verbose), WORDS_ANY },
	{ 0 }
};

const struct option_entry table_options[] = {
	{ 0, "csv", NULL, "comma-separated values (RFC 4180)", set_csv, FIELD(format), WORDS_ANY },
	{ 'o', "output", "COLS", "columns, as A,B or +A,B to add some; 'help' lists them",
	  option_string, FIELD(columns), WORDS_COLUMN },
	{ 0, "sort", "[-]COL", "order by a column, backwards with '-'",
	  option_string, FIELD(sort), WORDS_COLUMN },
	{ 0, "no-headings", NULL, "rows only: no headings, no last line",
	  option_true, FIELD(no_headings), WORDS_ANY },
	{ 0, "notruncate", NULL, "do not cut columns to fit the terminal",
	  option_true, FIELD(notruncate), WORDS_ANY },
	{ 0 }
};

static const struct column *sort_column(const struct view *view, const struct column_table *table)
{
	const char *name = view->sort + (view->sort[0] == '-');

	return column_want(table, name, strlen(name));
}

void view_check(const struct view *view, const struct column_table *table)
{
	if (view->sort)
		sort_column(view, table);
	if (!view->columns || strcmp(view->columns, "help"))
		return;
	column_print_help(table);
	exit(STATUS_OK);
}

void view_columns(const struct view *view, const struct column_table *table,
		  struct column_list *list)
{
	if (view->columns)
		column_choose(list, table, view->columns);
	else if (view->format == FORMAT_JSON || view->format == FORMAT_JSONL)
		column_add_flagged(list, table, 0, COLUMN_DETAIL);
}

/* --- order */

struct place {
	const struct subject *subject;
	struct value value;
	const struct column *by;
	int direction;
};

/* What is not known stands last, either way. */
static int compare_places(const void *va, const void *vb)
{
	const struct place *a = *(const struct place *const *)va;
	const struct place *b = *(const struct place *const *)vb;
	int order;

	if (a->value.known != b->value.known)
		return b->value.known - a->value.known;
	order = a->value.known ? a->direction * a->by->kind->compare(&a->value, &b->value) : 0;
	return order ? order : (a->subject > b->subject) - (a->subject < b->subject);
}

/* Values may point into themselves, so they stay where they are and pointers are sorted. */
static void sort_by(const struct column *by, int direction, struct subject *subjects, size_t count)
{
	struct place *places = calloc(count, sizeof(*places));
	struct place **order = calloc(count, sizeof(*order));
	struct subject *sorted = calloc(count, sizeof(*sorted));

	if (!places || !order || !sorted)
		abort();
	for (size_t i = 0; i < count; i++) {
		places[i] = (struct place){ .subject = &subjects[i], .by = by,
					    .direction = direction };
		column_get(by, &subjects[i], &places[i].value);
		order[i] = &places[i];
	}
	qsort(order, count, sizeof(struct place *), compare_places);
	for (size_t i = 0; i < count; i++)
		sorted[i] = *order[i]->subject;
	memcpy(subjects, sorted, count * sizeof(*sorted));
	free(sorted);
	free(order);
	free(places);
}

void view_sort(const struct view *view, const struct column_table *table,
	       struct subject *subjects, size_t count)
{
	if (view->sort && count)
		sort_by(sort_column(view, table), view->sort[0] == '-' ? -1 : 1, subjects, count);
}

/* --- the page */

bool view_colors(const struct view *view, bool terminal)
{
	const char *no_color = getenv("NO_COLOR");

	if (view->color != WHEN_AUTO)
		return view->color == WHEN_ALWAYS;
	return terminal && !(no_color && *no_color);
}

/* Rows alone would be silent about what they lack. */
static void tell_losses(const struct page *page)
{
	struct socktab_losses losses = source_losses(page->source);
	char phrase[512];

	if (!socktab_losses_sum(&losses))
		return;
	losses_phrase(&losses, phrase, sizeof(phrase));
	complain("the table is not whole: %s", phrase);
}

void view_print(const struct page *page)
{
	if (page->view->quiet)
		return;
	switch (page->view->format) {
	case FORMAT_HUMAN: print_human(page); break;
	case FORMAT_JSON: print_json(page); break;
	case FORMAT_JSONL: print_jsonl(page); break;
	case FORMAT_CSV: print_csv(page); break;
	}
	if (page->view->format == FORMAT_HUMAN && !page->view->no_headings)
		fprintf(page->out, "%s\n", page->last_line);
	else if (page->view->format != FORMAT_JSON)
		tell_losses(page);
}

const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

const char *plural_es(size_t count)
{
	return count == 1 ? "" : "es";
}

/* -v shows all bytes of what counts them. */
static bool counts_bytes(const struct kind *kind)
{
	return kind == &bytes_kind || kind == &counters_kind || kind == &moved_kind;
}

void view_text(const struct view *view, const struct column *column,
	       const struct subject *subject, char *buf, size_t size)
{
	const struct kind *kind = column->kind;
	char raw[TEXT_MAX];
	struct value value;

	column_get(column, subject, &value);
	if (!value.known)
		strcpy(raw, "-");
	else if (value.text)
		snprintf(raw, sizeof(raw), "%s", value.text);
	else
		(view->verbose && counts_bytes(kind) ? kind->exact : kind->text)(&value, raw,
										 sizeof(raw));
	escape_text(buf, size, raw, strlen(raw));
}
