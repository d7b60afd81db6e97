/* SPDX-License-Identifier: MIT
 *
 * Here we lay rows out as a table for people.
 */
#include "config.h"

#include <libsmartcols.h>
#include <stdlib.h>

#include "view.h"

/* Our texts are escaped already; the library would do it once more. */
static struct libscols_table *table_new(const struct page *page)
{
	const struct view *view = page->view;
	struct libscols_table *table = scols_new_table();

	if (!table)
		abort();
	scols_table_enable_noencoding(table, 1);
	scols_table_enable_colors(table, view_colors(view, page->terminal));
	scols_table_enable_noheadings(table, view->no_headings);
	scols_table_set_stream(table, page->out);
	scols_table_set_termforce(table, page->terminal && !view->notruncate ?
				  SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
	if (page->width)
		scols_table_set_termwidth(table, page->width);
	return table;
}

static void add_column(struct libscols_table *table, const struct column *column)
{
	int flags = (column->kind->right ? SCOLS_FL_RIGHT : 0) |
		    (column->flags & COLUMN_CUT ? SCOLS_FL_TRUNC : 0);

	if (!scols_table_new_column(table, column->name, 0, flags))
		abort();
}

static void add_line(struct libscols_table *table, const struct page *page,
		     const struct subject *subject)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	char text[TEXT_MAX];

	if (!line)
		abort();
	for (size_t i = 0; i < page->columns->count; i++) {
		const struct column *column = page->columns->at[i];

		view_text(page->view, column, subject, text, sizeof(text));
		if (scols_line_set_data(line, i, text) < 0)
			abort();
		if (column->color)
			scols_cell_set_color(scols_line_get_cell(line, i), column->color(subject));
	}
}

void print_human(const struct page *page)
{
	struct libscols_table *table;

	if (!page->count)
		return;
	table = table_new(page);
	for (size_t i = 0; i < page->columns->count; i++)
		add_column(table, page->columns->at[i]);
	for (size_t i = 0; i < page->count; i++)
		add_line(table, page, &page->subjects[i]);
	scols_print_table(table);
	scols_unref_table(table);
}
