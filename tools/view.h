/* SPDX-License-Identifier: MIT
 *
 * How rows are printed: the options of output, and the formats behind them.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdio.h>

#include "column.h"
#include "option.h"
#include "source.h"

enum format { FORMAT_HUMAN, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV };
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct view {
	enum format format;
	enum when color;
	const char *columns, *sort;
	bool no_headings, notruncate, quiet, verbose;
};

extern const struct option_entry view_options[];	/* of every command that prints rows */
extern const struct option_entry table_options[];	/* of those that print many */

/* What to print. */
struct page {
	const struct view *view;
	const struct column_list *columns;
	const struct subject *subjects;
	size_t count;
	const struct source *source;
	const char *last_line;	/* of human output */
	FILE *out;
	bool terminal;		/* out is shown on one */
	size_t width;		/* of the terminal; 0: ask it */
	const char *key;	/* of the rows in JSON; NULL: "rows" */
	/* Writes what JSON has behind the rows: ,"key":value; NULL: nothing. */
	void (*json_more)(const void *what, FILE *out);
	const void *what;
};

/* Before anything is opened: -o help prints the columns and exits, a wrong --sort is told. */
void view_check(const struct view *view, const struct column_table *table);

/* What -o says, on top of the default: `list` holds this already. */
void view_columns(const struct view *view, const struct column_table *table,
		  struct column_list *list);

/* By --sort; keeps the order of equals. */
void view_sort(const struct view *view, const struct column_table *table,
	       struct subject *subjects, size_t count);

bool view_colors(const struct view *view, bool terminal);

/* Losses are shown by every view: by the formats without a last line, on stderr. */
void view_print(const struct page *page);

/* "" and "s", to count things in English. */
const char *plural(size_t count);
const char *plural_es(size_t count);

/* Writes the text of a value as people may be shown it, "-" where there is none. */
void view_text(const struct view *view, const struct column *column,
	       const struct subject *subject, char *buf, size_t size);

/* The formats. */
void print_human(const struct page *page);
void print_json(const struct page *page);
void print_jsonl(const struct page *page);
void print_csv(const struct page *page);

/* "session" and "lost" of a JSON object that is still open: {"schema":1,...,"KEY":[ */
void json_begin(const struct source *source, const char *key, FILE *out);
void json_end(FILE *out);
struct json_object *json_row(const struct column_list *columns, const struct subject *subject);
void json_print(struct json_object *object, FILE *out);	/* and lets go of it */

#endif
