/* SPDX-License-Identifier: MIT
 *
 * Here we select rows: a filter is a program of steps, run for each of them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"

/* --- matching */

static bool holds(enum st_filter_operator operator, int order)
{
	switch (operator) {
	case FILTER_LT: return order < 0;
	case FILTER_LE: return order <= 0;
	case FILTER_GT: return order > 0;
	case FILTER_GE: return order >= 0;
	default: return order == 0;
	}
}

static bool fact_fits(const struct st_filter_look *look, const struct st_filter_test *test,
		      const struct st_filter_fact *fact)
{
	const struct st_filter_kind *kind = test->word->kind;

	if (!fact->known)
		return false;
	if (test->operator == FILTER_BARE)
		return kind->bare == BARE_KNOWN || fact->number;
	for (size_t i = 0; i < test->count; i++)
		if (holds(test->operator, kind->compare(look, fact, &test->values[i])))
			return true;
	return false;
}

/* What is not known is neither less nor more nor equal, and so it is unequal. */
static bool test_row(const struct st_filter_look *look, const struct st_filter_test *test)
{
	const struct st_filter_word *word = test->word;
	bool fits = false;

	for (unsigned int i = 0; !fits && (i == 0 || word->flags & FILTER_MANY); i++) {
		struct st_filter_fact fact;

		/* Not the whole of it: its room is large, and this is done for every row. */
		fact.known = true;
		fact.number = 0;
		if (!word->get(look, word, i, &fact))
			break;
		if (word->flags & FILTER_ZERO_UNKNOWN && !fact.number)
			fact.known = false;
		fits = fact_fits(look, test, &fact);
	}
	return fits != (test->operator == FILTER_NE);
}

bool socktab_filter_match(const struct socktab_filter *filter, const struct socktab *table,
			  const struct socktab_row *row)
{
	const struct st_filter_look look = { filter, table, row };
	bool truth = true;

	for (size_t i = 0; i < filter->count; i++) {
		const struct st_filter_step *step = &filter->steps[i];

		switch (step->what) {
		case STEP_TEST: truth = test_row(&look, &step->test); break;
		case STEP_NOT: truth = !truth; break;
		/* The loop counts on from the step before the target. */
		case STEP_UNLESS: i = truth ? i : step->to - 1; break;
		case STEP_IF: i = truth ? step->to - 1 : i; break;
		}
	}
	return truth;
}

bool socktab_filter_wants_closed(const struct socktab_filter *filter)
{
	return filter->wants_closed;
}

/* --- making and unmaking */

bool st_filter_wrong(struct st_filter_parser *p, const char *nearest, const char *format, ...)
{
	struct socktab_filter_error *error = p->error;
	va_list args;
	size_t len;

	if (error->code)
		return false;
	error->code = EINVAL;
	error->offset = p->offset;
	error->length = p->length;
	error->nearest = nearest;
	va_start(args, format);
	vsnprintf(error->text, sizeof error->text, format, args);
	va_end(args);
	len = strlen(error->text);
	if (nearest)
		snprintf(error->text + len, sizeof error->text - len, ": did you mean '%s'?",
			 nearest);
	return false;
}

bool st_filter_no_memory(struct st_filter_parser *p)
{
	if (!st_filter_wrong(p, NULL, "there is no memory left") && p->error->code == EINVAL)
		p->error->code = ENOMEM;
	return false;
}

/* The ports that the kernel chooses from; without /proc its own default. */
static void read_port_range(struct socktab_filter *filter)
{
	FILE *file = fopen("/proc/sys/net/ipv4/ip_local_port_range", "re");
	unsigned int first, last;

	filter->port_first = 32768;
	filter->port_last = 60999;
	if (!file)
		return;
	if (fscanf(file, "%u %u", &first, &last) == 2) {
		filter->port_first = first;
		filter->port_last = last;
	}
	fclose(file);
}

int socktab_filter_parse(const char *text, unsigned int flags, struct socktab_filter **filter,
			 struct socktab_filter_error *error)
{
	struct socktab_filter *made = calloc(1, sizeof *made);
	struct st_filter_parser p = {
		.text = text, .flags = flags, .filter = made, .error = error,
	};

	memset(error, 0, sizeof *error);
	*filter = NULL;
	if (!made)
		st_filter_no_memory(&p);
	if (!made || !st_filter_parse(&p)) {
		socktab_filter_free(made);
		return -error->code;
	}
	read_port_range(made);
	*filter = made;
	return 0;
}

void socktab_filter_free(struct socktab_filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->count; i++) {
		struct st_filter_test *test = &filter->steps[i].test;

		for (size_t j = 0; j < test->count; j++)
			free(test->values[j].text);
		free(test->values);
	}
	free(filter->steps);
	free(filter);
}
