/* SPDX-License-Identifier: MIT
 *
 * Here we wait until a socket is as it should be: socktab wait. It looks every few milliseconds,
 * as nothing in the table tells a reader that something has changed.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "child.h"
#include "column.h"
#include "command.h"
#include "complain.h"
#include "escape.h"
#include "losses.h"
#include "pick.h"
#include "source.h"
#include "units.h"

#define PAUSE_NS	(10 * NS_PER_S / 1000)
/* Of a table so large that looking takes long: at most a fifth of the time. */
#define PAUSES_PER_LOOK	4
/* For so long a session that was chosen stays so: then another one may be the newest that lives,
 * or a new one of its name, and nothing but a look at the directory tells. */
#define CHOSEN_NS	(25 * NS_PER_S / 1000)

struct wait {
	struct source source;
	double seconds;			/* of the time-out */
	bool limited;
	const char *print;
	struct column_list columns;
	struct pick pick;
	int64_t chosen_ns;		/* when we last looked for the session */
};

extern const struct command wait_command;

/* --- --print: any column, and two words of a filter that a script wants most */

static void get_port(const struct column *column, const struct subject *s, struct value *v)
{
	const void *address = (const char *)s->row + column->which;
	long port = socktab_address_port(address);

	v->known = port >= 0;
	v->number = (uint64_t)port;
}

static const struct column port_columns[] = {
	{ "SPORT", &number_kind, get_port, offsetof(struct socktab_row, local), 0, CUT_NEVER,
	  "local port", "addresses", NULL },
	{ "DPORT", &number_kind, get_port, offsetof(struct socktab_row, peer), 0, CUT_NEVER,
	  "peer's port", "addresses", NULL },
};

static const struct column_table ports = { port_columns, 2 };

static void choose_columns(struct wait *wait)
{
	for (const char *name = wait->print; name && *name;) {
		size_t len = strcspn(name, ",");
		const struct column *column = column_find(&ports, name, len);

		column_add(&wait->columns, column ? column : column_want(&row_columns, name, len));
		name += len + (name[len] == ',');
	}
	if (wait->print && !wait->columns.count)
		wrong_usage("wait: --print names no column (socktab ls -o help lists them)");
}

static void print_value(const struct column *column, const struct subject *subject)
{
	char raw[TEXT_MAX] = "-", safe[TEXT_MAX];
	struct value value;

	column_get(column, subject, &value);
	if (value.known)
		column->kind->exact(&value, raw, sizeof(raw));
	escape_text(safe, sizeof(safe), raw, strlen(raw));
	fputs(safe, stdout);
}

static void print(const struct wait *wait, const struct subject *subject)
{
	for (size_t i = 0; i < wait->columns.count; i++) {
		if (i)
			putchar('\t');
		print_value(wait->columns.at[i], subject);
	}
	if (wait->columns.count)
		putchar('\n');
}

/* --- the sessions, which need not be there yet */

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static int open_tables(struct source *source, struct socktab_error *error)
{
	struct socktab_session *sessions = NULL;
	int count = source->all ? socktab_sessions(NULL, &sessions, error) : 1, answer = 0;

	if (count < 0)
		return count;
	source->tables = calloc((size_t)count + 1, sizeof(*source->tables));
	if (!source->tables)
		abort();
	for (int i = 0; i < count; i++) {
		const char *name = source->all ? sessions[i].path : source->session;
		int opened = socktab_open(NULL, name, &source->tables[source->count], error);

		if (opened >= 0)
			source->count++;
		else if (opened != -ENOENT)
			answer = opened;
	}
	free(sessions);
	return source->count ? 0 : answer;
}

static int look_again(struct wait *wait, struct socktab_error *error)
{
	struct source *source = &wait->source;
	int64_t now = now_ns();

	if (source->count && now - wait->chosen_ns < CHOSEN_NS &&
	    source_refresh(source, error) == 0)
		return 0;
	source_close(source);
	wait->chosen_ns = now;
	return open_tables(source, error);
}

/* --- waiting */

static int64_t shorter(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void rest(int64_t ns)
{
	struct timespec pause = { ns / NS_PER_S, ns % NS_PER_S };

	if (ns > 0)
		nanosleep(&pause, NULL);
}

static int timed_out(const struct wait *wait)
{
	struct socktab_losses losses = source_losses(&wait->source);
	char lost[512];

	losses_phrase(&losses, lost, sizeof(lost));
	if (!wait->source.count)
		complain("wait: timed out after %g s: there is no session", wait->seconds);
	else
		complain("wait: timed out after %g s; %s", wait->seconds, lost);
	return STATUS_TIMED_OUT;
}

static bool found(const struct wait *wait)
{
	struct picked picked;
	bool any;

	pick_rows(&wait->pick, &wait->source, &picked);
	any = picked.count > 0;
	if (any)
		print(wait, &picked.subjects[0]);
	picked_free(&picked);
	return any;
}

static int wait_for_it(struct wait *wait)
{
	int64_t end = wait->limited ? now_ns() + (int64_t)(wait->seconds * 1e9) : INT64_MAX;

	for (;;) {
		int64_t before = now_ns(), after, pause;
		struct socktab_error error;

		if (look_again(wait, &error) < 0) {
			complain("%s", error.text);
			return STATUS_FAILED;
		}
		if (found(wait))
			return STATUS_OK;
		after = now_ns();
		if (after >= end)
			return timed_out(wait);
		pause = PAUSES_PER_LOOK * (after - before);
		rest(shorter(pause > PAUSE_NS ? pause : PAUSE_NS, end - after));
	}
}

/* Where CMD begins: behind "--", which the parser of options would lose. */
static int end_of_own(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			return i;
	return argc;
}

static int run(int argc, char **argv)
{
	struct wait wait = { 0 };
	int end = end_of_own(argc, argv), first, status;
	char **command = end + 1 < argc ? argv + end + 1 : NULL;

	if (end < argc)
		argv[end] = NULL;
	first = options_parse(&wait_command, &wait, end, argv);
	if (first == end)
		wrong_usage("wait: for what? A FILTER (socktab help filter)");
	if (end < argc && !command)
		wrong_usage("wait: which command, after '--'?");
	if (wait.source.all && wait.source.session)
		wrong_usage("--all and --session exclude each other");
	choose_columns(&wait);
	wait.pick.filter = filter_parse(end - first, argv + first);
	status = wait_for_it(&wait);
	source_close(&wait.source);
	socktab_filter_free(wait.pick.filter);
	if (status || !command)
		return status;
	fflush(stdout);
	return child_exec(command);
}

static void set_timeout(void *into, const char *arg)
{
	struct wait *wait = into;
	char *end = NULL;

	wait->seconds = strtod(arg, &end);
	wait->limited = true;
	if (!*arg || *end || !(wait->seconds >= 0 && wait->seconds <= 1e9))
		wrong_usage("'%s' is no number of seconds", arg);
}

static const struct option_entry own_options[] = {
	{ 't', "timeout", "SEC", "give up after so many seconds, with status 124",
	  set_timeout, 0, WORDS_ANY },
	{ 0, "print", "COLS", "print these columns of the first match; also SPORT, DPORT",
	  option_string, offsetof(struct wait, print), WORDS_COLUMN },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ source_options, offsetof(struct wait, source) },
	{ 0 }
};

const struct command wait_command = {
	.name = "wait",
	.operands = "FILTER [-- CMD [ARG ...]]",
	.summary = "wait until a socket is as it should be",
	.details = "Returns as soon as a row matches, or becomes CMD then. Neither the session nor\n"
		   "its directory need exist yet: socktab wait -t 5 pid $P state listening",
	.run = run,
	.groups = groups,
	.columns = &row_columns,
	.words = WORDS_FILTER,
};
