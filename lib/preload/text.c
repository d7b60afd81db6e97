/* SPDX-License-Identifier: MIT
 *
 * Here we build short texts without stdio.
 */
#include "config.h"

#include <string.h>

#include "preload/text.h"

void text_add(struct text *text, const char *string)
{
	size_t len = strlen(string);
	size_t room = text->size - text->len - 1;

	if (len > room) {
		len = room;
		text->cut = true;
	}
	memcpy(text->buf + text->len, string, len);
	text->len += len;
	text->buf[text->len] = '\0';
}

static void add_in_base(struct text *text, uint64_t number, unsigned base)
{
	char digits[24];
	char *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do
		*--at = "0123456789abcdef"[number % base];
	while (number /= base);
	text_add(text, at);
}

void text_add_number(struct text *text, uint64_t number)
{
	add_in_base(text, number, 10);
}

void text_add_hex(struct text *text, uint64_t number)
{
	add_in_base(text, number, 16);
}

const char *environment_value(char *const *environment, const char *name)
{
	size_t len = strlen(name);

	for (; environment && *environment; environment++)
		if (!strncmp(*environment, name, len) && (*environment)[len] == '=')
			return (*environment)[len + 1] ? *environment + len + 1 : NULL;
	return NULL;
}

uint64_t text_number(const char *string, const char **end)
{
	uint64_t number = 0;

	for (; *string >= '0' && *string <= '9'; string++)
		number = number * 10 + (uint64_t)(*string - '0');
	*end = string;
	return number;
}
