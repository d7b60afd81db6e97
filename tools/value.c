/* SPDX-License-Identifier: MIT
 *
 * Here are the plain kinds of values: numbers, times, words.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "complain.h"
#include "escape.h"
#include "units.h"
#include "value.h"

/* Every key is a literal and put once. */
void json_put(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add_ex(object, key, value,
		JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY);
}

void json_put_number(struct json_object *object, const char *key, uint64_t number)
{
	json_put(object, key, json_object_new_uint64(number));
}

struct json_object *json_text(const char *string, size_t len)
{
	char clean[TEXT_MAX];

	return json_object_new_string_len(clean, (int)escape_utf8(clean, sizeof(clean), string, len));
}

int compare_numbers(const struct value *a, const struct value *b)
{
	return (a->number > b->number) - (a->number < b->number);
}

static int number_text(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%" PRIu64, v->number);
}

static struct json_object *number_json(const struct value *v)
{
	return json_object_new_uint64(v->number);
}

const struct kind number_kind = {
	"", true, number_text, number_text, number_json, compare_numbers
};

static int bytes_people(const struct value *v, char *buf, size_t size)
{
	return bytes_text(v->number, buf, size);
}

const struct kind bytes_kind = {
	"", true, bytes_people, number_text, number_json, compare_numbers
};

static int ns_people(const struct value *v, char *buf, size_t size)
{
	return duration_text(v->ns, buf, size);
}

static int ns_exact(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%" PRId64, v->ns);
}

static struct json_object *ns_json(const struct value *v)
{
	return json_object_new_int64(v->ns);
}

static int ns_compare(const struct value *a, const struct value *b)
{
	return (a->ns > b->ns) - (a->ns < b->ns);
}

const struct kind duration_kind = { "_ns", true, ns_people, ns_exact, ns_json, ns_compare };

static int time_people(const struct value *v, char *buf, size_t size)
{
	return local_time_text(v->ns, buf, size);
}

static int time_exact(const struct value *v, char *buf, size_t size)
{
	return rfc3339_text(v->ns, buf, size);
}

static struct json_object *time_json(const struct value *v)
{
	char at[64];

	rfc3339_text(v->ns, at, sizeof(at));
	return json_object_new_string(at);
}

const struct kind time_kind = { "_at", false, time_people, time_exact, time_json, ns_compare };

static int flag_people(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%s", v->yes ? "yes" : "no");
}

static int flag_exact(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%s", v->yes ? "true" : "false");
}

static struct json_object *flag_json(const struct value *v)
{
	return json_object_new_boolean(v->yes);
}

static int flag_compare(const struct value *a, const struct value *b)
{
	return a->yes - b->yes;
}

const struct kind flag_kind = { "", false, flag_people, flag_exact, flag_json, flag_compare };

static int word_text(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%s", v->string);
}

static struct json_object *word_json(const struct value *v)
{
	return json_text(v->string, strlen(v->string));
}

static int word_compare(const struct value *a, const struct value *b)
{
	return strcmp(a->string, b->string);
}

const struct kind word_kind = { "", false, word_text, word_text, word_json, word_compare };

static int errno_text(const struct value *v, char *buf, size_t size)
{
	char number[16];

	return snprintf(buf, size, "%s", errno_name((int)v->number, number, sizeof(number)));
}

static struct json_object *errno_json(const struct value *v)
{
	char number[16];

	return json_object_new_string(errno_name((int)v->number, number, sizeof(number)));
}

const struct kind errno_kind = { "", false, errno_text, errno_text, errno_json, compare_numbers };
