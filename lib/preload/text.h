/* SPDX-License-Identifier: MIT
 *
 * Here we build short texts without stdio, which allocates and takes locks.
 */
#ifndef SOCKTAB_PRELOAD_TEXT_H
#define SOCKTAB_PRELOAD_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *buf;
	size_t size, len;
	bool cut;		/* something did not fit */
};

#define TEXT(array) { .buf = (array), .size = sizeof(array) }

/* Each appends and keeps the NUL at the end. */
void text_add(struct text *text, const char *string);
void text_add_number(struct text *text, uint64_t number);
void text_add_hex(struct text *text, uint64_t number);

/* The value of NAME in an environment; NULL: not there or empty. getenv(3) of a foreign array. */
const char *environment_value(char *const *environment, const char *name);

/* The decimal number at the start of a string, and where it ends. */
uint64_t text_number(const char *string, const char **end);

#endif
