/* SPDX-License-Identifier: MIT
 *
 * Here we take a filter's text apart. Where ss wants blanks around everything, we need them only
 * where two words would become one.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "filter.h"

#define BLANKS " \t\n\v\f\r"

static const char *skip_blanks(struct st_filter_parser *p)
{
	p->at += strspn(p->text + p->at, BLANKS);
	return p->text + p->at;
}

bool st_filter_at_end(struct st_filter_parser *p)
{
	return !*skip_blanks(p);
}

static bool take(struct st_filter_parser *p, size_t length)
{
	p->offset = p->at;
	p->length = length;
	p->at += length;
	return true;
}

bool st_filter_take_char(struct st_filter_parser *p, char c)
{
	return *skip_blanks(p) == c && take(p, 1);
}

static size_t word_length(const char *text)
{
	return strcspn(text, BLANKS "()=<>!&|'\"");
}

static bool take_whole(struct st_filter_parser *p, const char *word)
{
	const char *text = skip_blanks(p);
	size_t length = strlen(word);

	return word_length(text) == length && !strncasecmp(text, word, length) && take(p, length);
}

static bool take_symbol(struct st_filter_parser *p, const char *symbol)
{
	size_t length = strlen(symbol);

	return !strncmp(skip_blanks(p), symbol, length) && take(p, length);
}

bool st_filter_take_not(struct st_filter_parser *p)
{
	if (take_whole(p, "not"))
		return true;
	return strncmp(skip_blanks(p), "!=", 2) && st_filter_take_char(p, '!');
}

int st_filter_take_glue(struct st_filter_parser *p)
{
	if (take_symbol(p, "&&") || take_symbol(p, "&") || take_whole(p, "and"))
		return STEP_UNLESS;
	if (take_symbol(p, "||") || take_symbol(p, "|") || take_whole(p, "or"))
		return STEP_IF;
	return -1;
}

/* Of symbols that begin alike the longer one comes first. */
enum st_filter_operator st_filter_take_operator(struct st_filter_parser *p)
{
	static const struct {
		const char *symbol;
		enum st_filter_operator operator;
	} symbols[] = {
		{ "==", FILTER_EQ }, { "=", FILTER_EQ }, { "!=", FILTER_NE },
		{ ">=", FILTER_GE }, { "<=", FILTER_LE }, { ">", FILTER_GT }, { "<", FILTER_LT },
	}, words[] = {
		{ "eq", FILTER_EQ }, { "ne", FILTER_NE }, { "neq", FILTER_NE },
		{ "gt", FILTER_GT }, { "ge", FILTER_GE }, { "geq", FILTER_GE },
		{ "lt", FILTER_LT }, { "le", FILTER_LE }, { "leq", FILTER_LE },
	};

	for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
		if (take_symbol(p, symbols[i].symbol))
			return symbols[i].operator;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (take_whole(p, words[i].symbol))
			return words[i].operator;
	return FILTER_BARE;
}

/* What stands here, for a complaint: a word or at least a character. */
static size_t thing_length(const char *text)
{
	size_t length = word_length(text);

	return length || !*text ? length : 1;
}

bool st_filter_take_word(struct st_filter_parser *p, char *buf, size_t size)
{
	const char *text = skip_blanks(p);
	size_t length = word_length(text);

	take(p, thing_length(text));
	if (!*text)
		return st_filter_wrong(p, NULL, "something is missing at the end");
	if (!length)
		return st_filter_wrong(p, NULL, "a word is missing before '%c'", *text);
	snprintf(buf, size, "%.*s", (int)(length < size ? length : size), text);
	return true;
}

/* A backslash and what follows it stay: a glob knows what they mean. */
static size_t value_length(const char *text)
{
	size_t n = 0;

	while (text[n] && !strchr(BLANKS "()&|", text[n]))
		n += text[n] == '\\' && text[n + 1] ? 2 : 1;
	return n;
}

static char *take_quoted(struct st_filter_parser *p, const char *text)
{
	const char *end = strchr(text + 1, text[0]);

	take(p, end ? (size_t)(end - text) + 1 : strlen(text));
	if (end)
		return strndup(text + 1, (size_t)(end - text) - 1);
	st_filter_wrong(p, NULL, "a quotation mark has no end");
	return NULL;
}

char *st_filter_take_value(struct st_filter_parser *p, const char *after)
{
	const char *text = skip_blanks(p);
	size_t length = value_length(text);
	char *value;

	if (*text == '\'' || *text == '"') {
		value = take_quoted(p, text);
	} else if (length) {
		take(p, length);
		value = strndup(text, length);
	} else {
		take(p, thing_length(text));
		st_filter_wrong(p, NULL, "something is missing after '%s'", after);
		return NULL;
	}
	if (!value && !p->error->code)
		st_filter_no_memory(p);
	return value;
}
