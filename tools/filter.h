/* SPDX-License-Identifier: MIT
 *
 * The filter at the end of a command line. Only the words of ss for states and pids are known
 * yet; the whole language takes this file's place and keeps these functions.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>

struct filter;
struct subject;

/* Never NULL; exits with wrong_usage where a word is wrong. No word at all matches everything. */
struct filter *filter_parse(int count, char *const *words);

void filter_free(struct filter *filter);

bool filter_match(const struct filter *filter, const struct subject *subject);

/* Whether it names the closed ones, which are otherwise left out. */
bool filter_wants_closed(const struct filter *filter);

/* For the completion: words that begin a term, names of states; NULL behind the last. */
const char *filter_word(size_t i);
const char *filter_state(size_t i);

#endif
