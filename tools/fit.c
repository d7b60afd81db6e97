/* SPDX-License-Identifier: MIT
 *
 * Here we fit tables to terminals.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "fit.h"

#define LEAST 4			/* narrower, nothing can be told apart */
#define MARK '~'

/* Bytes and columns of the character at text. Ours are printable by now; a byte that is no
 * character all the same is shown as one. */
static size_t character(const char *text, size_t *columns)
{
	wchar_t wide;
	mbstate_t state = { 0 };
	size_t len;
	int width;

	*columns = 1;
	if ((unsigned char)*text < 0x80)
		return 1;
	len = mbrtowc(&wide, text, MB_CUR_MAX, &state);
	if (len == (size_t)-1 || len == (size_t)-2 || !len)
		return 1;
	width = wcwidth(wide);
	*columns = width > 0 ? (size_t)width : 0;
	return len;
}

size_t text_width(const char *text)
{
	size_t width = 0, columns;

	while (*text) {
		text += character(text, &columns);
		width += columns;
	}
	return width;
}

static size_t widest(const size_t *widths, const enum cut *cuts, const char *const *headings,
		     size_t count)
{
	size_t best = count;

	for (size_t i = 0; i < count; i++) {
		size_t least = strlen(headings[i]) > LEAST ? strlen(headings[i]) : LEAST;

		if (cuts[i] != CUT_NEVER && widths[i] > least &&
		    (best == count || widths[i] > widths[best]))
			best = i;
	}
	return best;
}

void fit_widths(size_t *widths, const enum cut *cuts, const char *const *headings, size_t count,
		size_t terminal)
{
	size_t total = count ? count - 1 : 0;

	for (size_t i = 0; i < count; i++)
		total += widths[i];
	for (; total > terminal; total--) {
		size_t i = widest(widths, cuts, headings, count);

		if (i == count)
			return;
		widths[i]--;
	}
}

/* Where the text has used up so many columns. */
static char *skip_columns(char *text, size_t width)
{
	size_t columns;

	for (size_t used = 0; *text; used += columns) {
		size_t len = character(text, &columns);

		if (used + columns > width)
			break;
		text += len;
	}
	return text;
}

void cut_text(char *text, size_t width, enum cut cut)
{
	size_t whole = text_width(text);
	char *rest;

	if (cut == CUT_NEVER || whole <= width || !width)
		return;
	if (cut == CUT_END) {
		rest = skip_columns(text, width - 1);
		rest[0] = MARK;
		rest[1] = '\0';
		return;
	}
	/* One more than is cut makes room for the mark. */
	rest = skip_columns(text, whole - width + 1);
	text[0] = MARK;
	memmove(text + 1, rest, strlen(rest) + 1);
}
