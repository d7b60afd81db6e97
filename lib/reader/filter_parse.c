/* SPDX-License-Identifier: MIT
 *
 * Here is the grammar of ss, as ss reads it: from left to right, `and` and `or` bind alike,
 * whatever ss(8) says; two terms side by side are an `and`; states that stand in front, side by
 * side with the rest, hold for all of it.
 *
 *	filter = [states] term { [and | or] term }
 *	term = not term | ( filter ) | states | word [operator] [value]
 *	states = { state STATE | exclude STATE }
 */
#include <stdlib.h>
#include <string.h>

#include "filter.h"

#define DEPTH_MAX 100	/* of parentheses: each takes some of our stack */

static bool parse_all(struct st_filter_parser *p, bool inner);

static struct st_filter_step *add_step(struct st_filter_parser *p, int what)
{
	struct socktab_filter *f = p->filter;
	struct st_filter_step *step;

	if (f->count == f->room) {
		size_t room = f->room ? 2 * f->room : 8;

		step = realloc(f->steps, room * sizeof *step);
		if (!step) {
			st_filter_no_memory(p);
			return NULL;
		}
		f->steps = step;
		f->room = room;
	}
	step = &f->steps[f->count++];
	memset(step, 0, sizeof *step);
	step->what = what;
	return step;
}

/* --- state X exclude Y ...: one set, and so one test */

static bool take_stateful(struct st_filter_parser *p, bool *exclude, char *word, size_t size)
{
	struct st_filter_parser before = *p;

	if (!st_filter_at_end(p) && strchr("()!&|=<>'\"", p->text[p->at]))
		return false;
	if (!st_filter_at_end(p) && st_filter_take_word(p, word, size) &&
	    st_filter_is_stateful(word, exclude))
		return true;
	p->at = before.at;
	return false;
}

static bool parse_state(struct st_filter_parser *p, struct st_filter_value *value, bool exclude,
			bool first, const char *word)
{
	enum st_filter_operator operator = st_filter_take_operator(p);
	char *name;
	bool good;

	if (operator > FILTER_NE)
		return st_filter_wrong(p, NULL,
				       "states have no order: '=' and '!=' are understood");
	name = st_filter_take_value(p, word);
	good = name && st_filter_state_apply(p, value, exclude != (operator == FILTER_NE), first,
					     name);
	free(name);
	return good;
}

/* Answers how many states there were, or -1. */
static int parse_states(struct st_filter_parser *p)
{
	struct st_filter_value *value = NULL;
	struct st_filter_step *step;
	const char *nearest;
	char word[32];
	bool exclude;
	int count = 0;

	for (; take_stateful(p, &exclude, word, sizeof word); count++) {
		if (!value) {
			step = add_step(p, STEP_TEST);
			if (!step)
				return -1;
			step->test.word = st_filter_word_find("state", &nearest);
			step->test.operator = FILTER_EQ;
			value = st_filter_value_add(p, &step->test, word);
		}
		if (!value || !parse_state(p, value, exclude, count == 0, word))
			return -1;
	}
	return count;
}

/* --- word [operator] [value] */

static bool read_values(struct st_filter_parser *p, struct st_filter_test *test, char *text)
{
	const struct st_filter_kind *kind = test->word->kind;
	char *rest = NULL, *one;

	if (!kind->lists || !strchr(text, ','))
		return kind->read(p, test, text);
	if (test->operator > FILTER_NE)
		return st_filter_wrong(p, NULL, "a list has no order: '=' and '!=' are understood");
	for (one = strtok_r(text, ",", &rest); one; one = strtok_r(NULL, ",", &rest))
		if (!kind->read(p, test, one))
			return false;
	return test->count || st_filter_wrong(p, NULL, "the list is empty");
}

static bool parse_value(struct st_filter_parser *p, struct st_filter_test *test)
{
	const char *name = test->word->shown.name;
	char *text;
	bool good;

	if (test->operator > FILTER_NE && !test->word->kind->ordered)
		return st_filter_wrong(p, NULL, "'%s' has no order: '=' and '!=' are understood",
				       name);
	if (!test->word->kind->read)
		return st_filter_wrong(p, NULL, "'%s' takes no value", name);
	text = st_filter_take_value(p, name);
	good = text && read_values(p, test, text);
	free(text);
	return good;
}

/* `sport and ...` forgot something; who means that word says `comm = and`. */
static bool parse_juxtaposed(struct st_filter_parser *p, struct st_filter_test *test)
{
	struct st_filter_parser before = *p;

	if (st_filter_take_glue(p) >= 0 || st_filter_take_not(p))
		return st_filter_wrong(p, NULL, "something is missing after '%s'",
				       test->word->shown.name);
	p->at = before.at;
	test->operator = FILTER_EQ;
	return parse_value(p, test);
}

static bool unknown_word(struct st_filter_parser *p, const char *name, const char *nearest)
{
	st_filter_wrong(p, nearest, "'%s' is no word of a filter", name);
	p->error->code = ENOENT;
	return false;
}

static bool parse_test(struct st_filter_parser *p)
{
	struct st_filter_step *step;
	const char *nearest;
	const struct st_filter_word *word;
	char name[32];

	if (!st_filter_take_word(p, name, sizeof name))
		return false;
	word = st_filter_word_find(name, &nearest);
	if (!word)
		return unknown_word(p, name, nearest);
	if (!word->get)
		return st_filter_wrong(p, NULL,
				       "'%s' is told by the kernel alone: not in the table", name);
	step = add_step(p, STEP_TEST);
	if (!step)
		return false;
	step->test.word = word;
	p->filter->wants_closed |= word->flags & FILTER_CLOSED;
	step->test.operator = st_filter_take_operator(p);
	if (step->test.operator != FILTER_BARE)
		return parse_value(p, &step->test);
	return word->kind->bare || parse_juxtaposed(p, &step->test);
}

/* --- terms and what joins them */

static bool parse_term(struct st_filter_parser *p)
{
	bool negated = false, good;
	int states;

	while (st_filter_take_not(p))
		negated = !negated;
	states = parse_states(p);
	if (states)
		good = states > 0;
	else if (st_filter_take_char(p, '('))
		good = parse_all(p, true);
	else
		good = parse_test(p);
	return good && (!negated || add_step(p, STEP_NOT));
}

/* A jump to behind the next term. */
static bool parse_joined(struct st_filter_parser *p, int glue)
{
	size_t jump = p->filter->count;

	if (!add_step(p, glue) || !parse_term(p))
		return false;
	p->filter->steps[jump].to = p->filter->count;
	return true;
}

static bool ends(struct st_filter_parser *p)
{
	return st_filter_at_end(p) || p->text[p->at] == ')';
}

static bool parse_terms(struct st_filter_parser *p)
{
	if (!parse_term(p))
		return false;
	while (!ends(p)) {
		int glue = st_filter_take_glue(p);

		if (!parse_joined(p, glue < 0 ? STEP_UNLESS : glue))
			return false;
	}
	return true;
}

/* Or followed by nothing at all. */
static bool joined_by_a_word(struct st_filter_parser *p)
{
	struct st_filter_parser before = *p;
	bool joined = ends(p) || st_filter_take_glue(p) >= 0;

	p->at = before.at;
	return joined;
}

static bool parse_behind_states(struct st_filter_parser *p)
{
	size_t jump = p->filter->count;

	if (!add_step(p, STEP_UNLESS) || !parse_terms(p))
		return false;
	p->filter->steps[jump].to = p->filter->count;
	return true;
}

static bool parse_filter(struct st_filter_parser *p)
{
	int states = parse_states(p);

	if (states < 0)
		return false;
	if (!states)
		return parse_terms(p);
	if (!joined_by_a_word(p))
		return parse_behind_states(p);
	while (!ends(p))
		if (!parse_joined(p, st_filter_take_glue(p) == STEP_IF ? STEP_IF : STEP_UNLESS))
			return false;
	return true;
}

static bool parse_all(struct st_filter_parser *p, bool inner)
{
	size_t open = p->offset;

	if (++p->depth > DEPTH_MAX)
		return st_filter_wrong(p, NULL, "more than %d parentheses in each other",
				       DEPTH_MAX);
	if (!parse_filter(p))
		return false;
	p->depth--;
	if (inner && !st_filter_take_char(p, ')')) {
		p->offset = open;
		p->length = 1;
		return st_filter_wrong(p, NULL, "this parenthesis is not closed");
	}
	if (!inner && st_filter_take_char(p, ')'))
		return st_filter_wrong(p, NULL, "this parenthesis was not opened");
	return true;
}

bool st_filter_parse(struct st_filter_parser *p)
{
	return st_filter_at_end(p) || parse_all(p, false);
}
