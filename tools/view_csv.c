/* SPDX-License-Identifier: MIT
 *
 * Here we print rows as comma-separated values, as RFC 4180 has them: lines end in CR LF.
 */
#include "config.h"

#include <string.h>

#include "escape.h"
#include "view.h"

static void print_field(const char *text, FILE *out)
{
	if (!strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

/* Exact, empty where there is nothing; as the program spelt it, unless a terminal would see it. */
static void print_value(const struct page *page, const struct column *column,
			const struct subject *subject)
{
	char raw[TEXT_MAX], safe[TEXT_MAX];
	struct value value;

	column_get(column, subject, &value);
	if (!value.known)
		return;
	column->kind->exact(&value, raw, sizeof(raw));
	if (page->terminal)
		escape_text(safe, sizeof(safe), raw, strlen(raw));
	print_field(page->terminal ? safe : raw, page->out);
}

static void print_headings(const struct page *page)
{
	char key[64];

	for (size_t i = 0; i < page->columns->count; i++)
		fprintf(page->out, "%s%s", i ? "," : "",
			column_key(page->columns->at[i], key, sizeof(key)));
	fputs("\r\n", page->out);
}

void print_csv(const struct page *page)
{
	if (!page->view->no_headings)
		print_headings(page);
	for (size_t i = 0; i < page->count; i++) {
		for (size_t j = 0; j < page->columns->count; j++) {
			fputs(j ? "," : "", page->out);
			print_value(page, page->columns->at[j], &page->subjects[i]);
		}
		fputs("\r\n", page->out);
	}
}
