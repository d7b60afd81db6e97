/* SPDX-License-Identifier: MIT
 *
 * Here we choose columns by name.
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "column.h"
#include "complain.h"
#include "nearest.h"

const struct column *column_find(const struct column_table *table, const char *name, size_t len)
{
	for (size_t i = 0; i < table->count; i++)
		if (strlen(table->columns[i].name) == len &&
		    !strncasecmp(table->columns[i].name, name, len))
			return &table->columns[i];
	return NULL;
}

const struct column *column_want(const struct column_table *table, const char *name, size_t len)
{
	const struct column *column = column_find(table, name, len);
	char word[64], hint[64];
	struct nearest nearest = { .word = word };

	if (column)
		return column;
	snprintf(word, sizeof(word), "%.*s", (int)len, name);
	for (size_t i = 0; i < table->count; i++)
		nearest_try(&nearest, table->columns[i].name);
	wrong_usage("there is no column '%s'%s (-o help lists them)", word,
		    nearest_hint(&nearest, hint, sizeof(hint)));
}

void column_add(struct column_list *list, const struct column *column)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i] == column)
			return;
	if (list->count == COLUMNS_MAX)
		abort();
	list->at[list->count++] = column;
}

void column_add_flagged(struct column_list *list, const struct column_table *table,
			unsigned int with, unsigned int without)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct column *column = &table->columns[i];

		if ((column->flags & with) == with && !(column->flags & without))
			column_add(list, column);
	}
}

void column_choose(struct column_list *list, const struct column_table *table, const char *spec)
{
	static const char between[] = ", ";

	if (spec[0] == '+')
		spec++;
	else
		list->count = 0;
	for (spec += strspn(spec, between); *spec; spec += strspn(spec, between)) {
		size_t len = strcspn(spec, between);

		column_add(list, column_want(table, spec, len));
		spec += len;
	}
	if (!list->count)
		wrong_usage("-o names no column (-o help lists them)");
}

void column_print_help(const struct column_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		printf("%-12s %s%s\n", table->columns[i].name, table->columns[i].help,
		       table->columns[i].flags & COLUMN_DEFAULT ? " (default)" : "");
}

const char *column_key(const struct column *column, char *buf, size_t size)
{
	snprintf(buf, size, "%s%s", column->name, column->kind->suffix);
	for (char *c = buf; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return buf;
}

void column_get(const struct column *column, const struct subject *subject, struct value *value)
{
	value->known = false;
	value->text = NULL;
	column->get(column, subject, value);
}
