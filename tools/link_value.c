/* SPDX-License-Identifier: MIT
 *
 * Here are the kinds of values that point at other rows, and the one that lists options.
 */
#include "config.h"

#include <stdio.h>

#include "value.h"

static struct json_object *pid_fd_json(pid_t pid, int fd)
{
	struct json_object *object = json_object_new_object();

	json_put(object, "pid", json_object_new_int(pid));
	json_put(object, "fd", json_object_new_int(fd));
	return object;
}

/* --- one descriptor of one process */

static int ref_text(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%d:%d", v->ref.pid, v->ref.fd);
}

static struct json_object *ref_json(const struct value *v)
{
	return pid_fd_json(v->ref.pid, v->ref.fd);
}

static int ref_compare(const struct value *a, const struct value *b)
{
	return a->ref.pid != b->ref.pid ? a->ref.pid - b->ref.pid : a->ref.fd - b->ref.fd;
}

const struct kind ref_kind = { "", false, ref_text, ref_text, ref_json, ref_compare };

/* --- every open descriptor of one socket */

static const struct socktab_row *next_holder(const struct subject *s, size_t *at)
{
	while (*at < socktab_row_count(s->table)) {
		const struct socktab_row *row = socktab_row(s->table, (*at)++);

		if (row->open && row->cookie == s->row->cookie)
			return row;
	}
	return NULL;
}

static int holders_text(const struct value *v, char *buf, size_t size)
{
	const struct socktab_row *row;
	size_t at = 0;
	int len = 0;

	buf[0] = '\0';
	while ((row = next_holder(&v->subject, &at)) && (size_t)len < size)
		len += snprintf(buf + len, size - (size_t)len, "%s%d:%d", len ? "," : "",
				row->pid, row->fd);
	return len;
}

static struct json_object *holders_json(const struct value *v)
{
	struct json_object *array = json_object_new_array();
	const struct socktab_row *row;
	size_t at = 0;

	while ((row = next_holder(&v->subject, &at)))
		json_object_array_add(array, pid_fd_json(row->pid, row->fd));
	return array;
}

static int holders_compare(const struct value *a, const struct value *b)
{
	return (int)a->subject.row->holders - (int)b->subject.row->holders;
}

const struct kind holders_kind = {
	"", false, holders_text, holders_text, holders_json, holders_compare
};

/* --- SO_REUSEADDR and SO_REUSEPORT */

static int reuse_text(const struct value *v, char *buf, size_t size)
{
	static const char *const words[] = { "no", "addr", "port", "addr,port" };

	bool addr = v->number & SOCKTAB_OPT_REUSEADDR, port = v->number & SOCKTAB_OPT_REUSEPORT;

	return snprintf(buf, size, "%s", words[addr + 2 * port]);
}

static struct json_object *reuse_json(const struct value *v)
{
	struct json_object *array = json_object_new_array();

	if (v->number & SOCKTAB_OPT_REUSEADDR)
		json_object_array_add(array, json_object_new_string("addr"));
	if (v->number & SOCKTAB_OPT_REUSEPORT)
		json_object_array_add(array, json_object_new_string("port"));
	return array;
}

const struct kind reuse_kind = {
	"", false, reuse_text, reuse_text, reuse_json, compare_numbers
};
