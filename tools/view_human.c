/* SPDX-License-Identifier: MIT
 *
 * Here we lay rows out as a table for people.
 */
#include "config.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fit.h"
#include "view.h"

/* Our texts are escaped and cut already; the library would do it once more. */
static struct libscols_table *table_new(const struct page *page)
{
	struct libscols_table *table = scols_new_table();

	if (!table)
		abort();
	scols_table_enable_noencoding(table, 1);
	scols_table_enable_colors(table, view_colors(page->view, page->terminal));
	scols_table_enable_noheadings(table, page->view->no_headings);
	scols_table_set_stream(table, page->out);
	scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
	for (size_t i = 0; i < page->columns->count; i++)
		if (!scols_table_new_column(table, page->columns->at[i]->name, 0,
					    page->columns->at[i]->kind->right ? SCOLS_FL_RIGHT : 0))
			abort();
	return table;
}

static char *cell_text(const struct page *page, size_t row, size_t column)
{
	char text[TEXT_MAX], *copy;

	view_text(page->view, page->columns->at[column], &page->subjects[row], text, sizeof(text));
	copy = strdup(text);
	if (!copy)
		abort();
	return copy;
}

static char **all_texts(const struct page *page)
{
	size_t columns = page->columns->count;
	char **texts = calloc(page->count * columns, sizeof(*texts));

	if (!texts)
		abort();
	for (size_t i = 0; i < page->count; i++)
		for (size_t j = 0; j < columns; j++)
			texts[i * columns + j] = cell_text(page, i, j);
	return texts;
}

static size_t terminal_width(const struct page *page)
{
	struct winsize size = { 0 };

	if (page->width)
		return page->width;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static void cut_texts(const struct page *page, char **texts)
{
	size_t columns = page->columns->count, widths[COLUMNS_MAX];
	const char *headings[COLUMNS_MAX];
	enum cut cuts[COLUMNS_MAX];

	for (size_t j = 0; j < columns; j++) {
		headings[j] = page->columns->at[j]->name;
		cuts[j] = page->columns->at[j]->cut;
		widths[j] = page->view->no_headings ? 0 : strlen(headings[j]);
		for (size_t i = 0; i < page->count; i++) {
			size_t width = text_width(texts[i * columns + j]);

			if (width > widths[j])
				widths[j] = width;
		}
	}
	fit_widths(widths, cuts, headings, columns, terminal_width(page));
	for (size_t i = 0; i < page->count; i++)
		for (size_t j = 0; j < columns; j++)
			cut_text(texts[i * columns + j], widths[j], cuts[j]);
}

/* Takes the texts. */
static void add_line(struct libscols_table *table, const struct page *page,
		     const struct subject *subject, char **texts)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);

	if (!line)
		abort();
	for (size_t i = 0; i < page->columns->count; i++) {
		const struct column *column = page->columns->at[i];

		if (scols_line_refer_data(line, i, texts[i]) < 0)
			abort();
		if (column->color)
			scols_cell_set_color(scols_line_get_cell(line, i), column->color(subject));
	}
}

void print_human(const struct page *page)
{
	struct libscols_table *table;
	char **texts;

	if (!page->count)
		return;
	table = table_new(page);
	texts = all_texts(page);
	if (page->terminal && !page->view->notruncate)
		cut_texts(page, texts);
	for (size_t i = 0; i < page->count; i++)
		add_line(table, page, &page->subjects[i], texts + i * page->columns->count);
	scols_print_table(table);
	scols_unref_table(table);
	free(texts);
}
