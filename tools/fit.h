/* SPDX-License-Identifier: MIT
 *
 * Cells of a table, cut to the width of a terminal. A cut is marked: an address that lost its
 * last digit without a word would be another address.
 */
#ifndef FIT_H
#define FIT_H

#include <stdbool.h>
#include <stddef.h>

enum cut { CUT_NEVER, CUT_END, CUT_FRONT };

/* Columns that text takes on the terminal. */
size_t text_width(const char *text);

/* Narrows the columns that may be cut, the widest first, until all of them and a space between
 * fit, or nothing can be cut any more. */
void fit_widths(size_t *widths, const enum cut *cuts, const char *const *headings, size_t count,
		size_t terminal);

/* Cuts it to width, in its place; the mark takes as many bytes as what it replaces, at most. */
void cut_text(char *text, size_t width, enum cut cut);

#endif
