/* SPDX-License-Identifier: MIT
 *
 * Here are the kinds of values that words take: how each is read, and compared with a row's fact.
 */
#include <fnmatch.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "filter.h"
#include "../nearest.h"

#define READ struct st_filter_parser *p, struct st_filter_test *test, const char *text
#define COMPARE const struct st_filter_look *look, const struct st_filter_fact *fact, \
		const struct st_filter_value *value

struct st_filter_value *st_filter_value_add(struct st_filter_parser *p, struct st_filter_test *test,
					    const char *text)
{
	struct st_filter_value *values =
		realloc(test->values, (test->count + 1) * sizeof *values), *value;

	if (!values) {
		st_filter_no_memory(p);
		return NULL;
	}
	test->values = values;
	value = &values[test->count];
	memset(value, 0, sizeof *value);
	value->text = strdup(text);
	if (!value->text) {
		st_filter_no_memory(p);
		return NULL;
	}
	test->count++;
	return value;
}

static bool add_number(READ, uint64_t number)
{
	struct st_filter_value *value = st_filter_value_add(p, test, text);

	if (value)
		value->number = number;
	return value != NULL;
}

/* --- what is a number inside */

static int compare_numbers(COMPARE)
{
	(void)look;
	return (fact->number > value->number) - (fact->number < value->number);
}

static bool read_number(READ)
{
	uint64_t number;

	if (!st_filter_read_number(text, &number))
		return st_filter_wrong(p, NULL, "'%s' is no %s", text, test->word->shown.name);
	return add_number(p, test, text, number);
}

static bool read_bytes(READ)
{
	uint64_t number;

	if (!st_filter_read_bytes(text, &number))
		return st_filter_wrong(p, NULL, "'%s' is no size, as 4096, 4KiB or 1.5M", text);
	return add_number(p, test, text, number);
}

static bool read_duration(READ)
{
	uint64_t number;

	if (!st_filter_read_ns(text, &number))
		return st_filter_wrong(p, NULL, "'%s' is no duration, as 250ms, 5s or 1h30m", text);
	return add_number(p, test, text, number);
}

static bool read_flag(READ)
{
	static const char *const words[] = { "no", "yes", "false", "true", "off", "on", "0", "1" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (!strcasecmp(words[i], text))
			return add_number(p, test, text, i % 2);
	return st_filter_wrong(p, NULL, "'%s' is neither yes nor no", text);
}

/* --- numbers that have names */

static bool read_errno(READ)
{
	struct nearest nearest = { .word = text };
	uint64_t number;

	for (int i = 0; test->word->names(i) != st_filter_names_end; i++) {
		const char *name = test->word->names(i);

		if (name && !strcasecmp(name, text))
			return add_number(p, test, text, (uint64_t)i);
		if (name)
			nearest_try(&nearest, name);
	}
	if (!st_filter_read_number(text, &number))
		return st_filter_wrong(p, nearest.best, "'%s' is no error", text);
	return add_number(p, test, text, number);
}

static bool read_user(READ)
{
	struct passwd room, *user = NULL;
	char buf[4096];
	uint64_t number;

	if (st_filter_read_number(text, &number))
		return add_number(p, test, text, number);
	if (getpwnam_r(text, &room, buf, sizeof buf, &user) || !user)
		return st_filter_wrong(p, NULL, "'%s' is no user", text);
	return add_number(p, test, text, user->pw_uid);
}

/* --- texts */

static int compare_globs(COMPARE)
{
	(void)look;
	return fnmatch(value->text, fact->text, 0);
}

static bool read_glob(READ)
{
	return st_filter_value_add(p, test, text) != NULL;
}

/* "unix" is all of unix-stream, unix-dgram ... */
static int compare_names(COMPARE)
{
	size_t length = strlen(value->text);

	(void)look;
	if (!strncasecmp(value->text, fact->text, length) && fact->text[length] == '-')
		return 0;
	return fnmatch(value->text, fact->text, FNM_CASEFOLD);
}

static bool is_name(const char *name, const char *text, size_t length)
{
	return name && strlen(name) == length && !strncasecmp(name, text, length);
}

/* What has no name is shown as its number. Only the first part of a name with hyphens is known. */
static bool read_name(READ)
{
	struct nearest nearest = { .word = text };
	size_t length = strcspn(text, "-");
	uint64_t number;

	for (int i = 0; test->word->names(i) != st_filter_names_end; i++) {
		const char *name = test->word->names(i);

		if (is_name(name, text, strlen(text)) || is_name(name, text, length))
			return read_glob(p, test, text);
		if (name)
			nearest_try(&nearest, name);
	}
	if (st_filter_read_number(text, &number) || strpbrk(text, "*?[/"))
		return read_glob(p, test, text);
	return st_filter_wrong(p, nearest.best, "'%s' is no %s", text, test->word->shown.name);
}

/* --- PID:FD, or PID: any descriptor of it */

static bool read_ref(READ)
{
	const char *colon = strchr(text, ':');
	char *pid = strndup(text, colon ? (size_t)(colon - text) : strlen(text));
	uint64_t pid_number = 0, fd_number = 0;
	bool good = pid && st_filter_read_number(pid, &pid_number) &&
		    (!colon || st_filter_read_number(colon + 1, &fd_number)) &&
		    fd_number <= INT32_MAX;
	struct st_filter_value *value;

	free(pid);
	if (!good)
		return st_filter_wrong(p, NULL, "'%s' is no descriptor: PID:FD", text);
	value = st_filter_value_add(p, test, text);
	if (!value)
		return false;
	value->ref.pid = pid_number;
	value->ref.fd = colon ? (int64_t)fd_number : -1;
	return true;
}

static int compare_refs(COMPARE)
{
	(void)look;
	return fact->number != value->ref.pid ||
	       (value->ref.fd >= 0 && fact->fd != value->ref.fd);
}

/* --- addresses and ports */

static int compare_hosts(COMPARE)
{
	return !st_filter_host_has(&value->host, value->text, look->row, fact->address);
}

static int compare_ports(COMPARE)
{
	int64_t port = (int64_t)fact->number;

	if (value->host.rows_of && value->host.rows_of != look->row->family)
		return 1;
	return value->host.port < 0 ? 0 : (port > value->host.port) - (port < value->host.port);
}

const struct st_filter_kind
	st_filter_flag = { "[= yes|no]", read_flag, compare_numbers, false, false, BARE_NOT_ZERO },
	st_filter_presence = { "", NULL, NULL, false, false, BARE_KNOWN },
	st_filter_number = { "N", read_number, compare_numbers, true, true, BARE_NEVER },
	st_filter_bytes = { "SIZE", read_bytes, compare_numbers, true, false, BARE_NEVER },
	st_filter_duration = { "TIME", read_duration, compare_numbers, true, false, BARE_NEVER },
	st_filter_moment = { "[< TIME]", read_duration, compare_numbers, true, false, BARE_KNOWN },
	st_filter_name = { "NAME", read_name, compare_names, false, true, BARE_NEVER },
	st_filter_glob = { "GLOB", read_glob, compare_globs, false, false, BARE_NEVER },
	st_filter_errno = { "ERROR", read_errno, compare_numbers, false, true, BARE_NEVER },
	st_filter_user = { "USER", read_user, compare_numbers, false, true, BARE_NEVER },
	st_filter_ref = { "PID:FD", read_ref, compare_refs, false, true, BARE_NEVER },
	st_filter_port = { ":PORT", st_filter_read_port, compare_ports, true, true, BARE_NEVER },
	st_filter_host_kind = { "HOST", st_filter_read_host, compare_hosts, false, false,
				BARE_NEVER };
