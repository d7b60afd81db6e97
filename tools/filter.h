/* SPDX-License-Identifier: MIT
 *
 * The filter at the end of a command line: libsocktab's, with complaints that point at the word.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "socktab.h"

struct subject;

/* Never NULL; exits with STATUS_USAGE where a word is wrong. No word at all matches everything. */
struct socktab_filter *filter_parse(int count, char *const *words);

bool filter_match(const struct socktab_filter *filter, const struct subject *subject);

/* Prints the words, a line each. */
void filter_help(void);

#endif
