/* SPDX-License-Identifier: MIT
 *
 * Columns, each one entry: headings, -o, --sort, JSON keys, CSV, `show` and the manual's test all
 * follow from it.
 */
#ifndef COLUMN_H
#define COLUMN_H

#include "fit.h"
#include "value.h"

#define COLUMN_DEFAULT	(1u << 0)	/* shown when -o says nothing */
#define COLUMN_DETAIL	(1u << 1)	/* in JSON only when `show` prints it or -o asks for it */

struct column {
	const char *name;	/* upper case */
	const struct kind *kind;
	/* Leaves value->known false when there is nothing to tell. */
	void (*get)(const struct column *, const struct subject *, struct value *);
	size_t which;		/* for a get that serves many: an offset, a bit */
	unsigned int flags;
	enum cut cut;		/* to fit a terminal */
	const char *help;	/* one line */
	const char *section;	/* of `show` */
	/* An escape sequence for its cell, or NULL. */
	const char *(*color)(const struct subject *);
};

struct column_table {
	const struct column *columns;
	size_t count;
};

extern const struct column_table row_columns, process_columns, gap_columns;

#define COLUMNS_MAX 128

struct column_list {
	const struct column *at[COLUMNS_MAX];
	size_t count;
};

/* By its name in any case; NULL: there is none. */
const struct column *column_find(const struct column_table *table, const char *name, size_t len);

/* The same, but complains of a wrong one and exits. */
const struct column *column_want(const struct column_table *table, const char *name, size_t len);

/* Appends it, unless it is there. */
void column_add(struct column_list *list, const struct column *column);

/* Appends every one that has all of `with` and none of `without`. */
void column_add_flagged(struct column_list *list, const struct column_table *table,
			unsigned int with, unsigned int without);

/* "A,B" replaces the list, "+A,B" adds to it. Exits when a name is wrong. */
void column_choose(struct column_list *list, const struct column_table *table, const char *spec);

/* -o help */
void column_print_help(const struct column_table *table);

/* The key of its JSON: its name in lower case and the kind's suffix. Answers buf. */
const char *column_key(const struct column *column, char *buf, size_t size);

void column_get(const struct column *column, const struct subject *subject, struct value *value);

#endif
