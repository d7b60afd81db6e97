/* SPDX-License-Identifier: MIT
 *
 * Here we show everything that is known of one socket: socktab show. The columns of `ls` and
 * `ps`, grouped by their sections.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "complain.h"
#include "escape.h"
#include "losses.h"
#include "units.h"
#include "view.h"

struct show {
	struct source source;
	struct view view;
	/* Which: */
	uint64_t cookie;	/* 0: by pid and fd */
	struct pid_fd ref;
};

extern const struct command show_command;

static void parse_which(struct show *show, const char *word)
{
	char *end;

	errno = 0;
	show->cookie = strtoull(word, &end, 10);
	if (!errno && end > word && *end == '\0' && show->cookie)
		return;
	if (sscanf(word, "%d:%d", &show->ref.pid, &show->ref.fd) == 2 && show->ref.pid > 0 &&
	    show->ref.fd >= 0 && strspn(word, "0123456789:") == strlen(word)) {
		show->cookie = 0;
		return;
	}
	wrong_usage("show: '%s' is neither PID:FD nor a cookie", word);
}

static bool is_meant(const struct show *show, const struct socktab_row *row)
{
	if (show->cookie)
		return row->cookie == show->cookie;
	return row->pid == show->ref.pid && row->fd == show->ref.fd;
}

/* The open one, else the one that was closed last: rows come in order of opening. */
static bool is_better(const struct socktab_row *row, const struct socktab_row *than)
{
	return !than || row->open > than->open ||
	       (row->open == than->open && !row->open && row->created_ns >= than->created_ns);
}

static bool find(const struct show *show, struct subject *found)
{
	for (size_t i = 0; i < show->source.count; i++) {
		const struct socktab *table = show->source.tables[i];

		for (size_t j = 0; j < socktab_row_count(table); j++) {
			const struct socktab_row *row = socktab_row(table, j);

			if (is_meant(show, row) && is_better(row, found->row))
				*found = (struct subject){ .table = table, .row = row };
		}
	}
	if (found->row)
		found->process = socktab_process_by_id(found->table, found->row->process);
	return found->row != NULL;
}

/* --- for people */

/* "2026-11-24 14:03:05.123 (3.2s ago)" */
static void add_ago(const struct column *column, const struct subject *subject, char *text,
		    size_t size)
{
	int64_t now = socktab_wall_ns(subject->table, socktab_now_ns(subject->table));
	size_t len = strlen(text);
	struct value value;
	char ago[32];

	column_get(column, subject, &value);
	if (!value.known || value.ns > now)
		return;
	duration_text(now - value.ns, ago, sizeof(ago));
	snprintf(text + len, size - len, " (%s ago)", ago);
}

static bool is_known(const struct column *column, const struct subject *subject)
{
	struct value value;

	column_get(column, subject, &value);
	return value.known;
}

static void print_field(const struct show *show, const struct column *column,
			const struct subject *subject)
{
	const char *color = NULL;
	char text[TEXT_MAX];

	view_text(&show->view, column, subject, text, sizeof(text));
	if (column->kind == &time_kind)
		add_ago(column, subject, text, sizeof(text));
	if (column->color && view_colors(&show->view, isatty(STDOUT_FILENO)))
		color = column->color(subject);
	printf("  %-12s%s%s%s\n", column->name, color ? color : "", text, color ? "\033[m" : "");
}

/* The fields of a section that are known; with -v, all. */
static void print_section(const struct show *show, const struct column_table *table,
			  const char *section, const struct subject *subject)
{
	bool titled = false;

	for (size_t i = 0; i < table->count; i++) {
		const struct column *column = &table->columns[i];

		if (strcmp(column->section, section) ||
		    (!show->view.verbose && !is_known(column, subject)))
			continue;
		if (!titled)
			printf("%s\n", section);
		titled = true;
		print_field(show, column, subject);
	}
}

/* In the order in which the table names them first. */
static void print_sections(const struct show *show, const struct column_table *table,
			   const struct subject *subject)
{
	for (size_t i = 0; i < table->count; i++) {
		size_t first = 0;

		while (strcmp(table->columns[first].section, table->columns[i].section))
			first++;
		if (first == i)
			print_section(show, table, table->columns[i].section, subject);
	}
}

static void print_people(const struct show *show, const struct subject *subject)
{
	struct socktab_losses losses = source_losses(&show->source);
	char phrase[512];

	print_sections(show, &row_columns, subject);
	if (subject->process)
		print_sections(show, &process_columns, subject);
	losses_phrase(&losses, phrase, sizeof(phrase));
	puts(phrase);
}

/* --- for programs */

static struct json_object *everything(const struct subject *subject)
{
	struct column_list columns = { .count = 0 };
	struct json_object *object;

	column_add_flagged(&columns, &row_columns, 0, 0);
	object = json_row(&columns, subject);
	columns.count = 0;
	column_add_flagged(&columns, &process_columns, 0, 0);
	json_put(object, "process", subject->process ? json_row(&columns, subject) : NULL);
	return object;
}

static void print(const struct show *show, const struct subject *subject)
{
	if (show->view.quiet)
		return;
	if (show->view.format == FORMAT_HUMAN) {
		print_people(show, subject);
	} else if (show->view.format == FORMAT_JSONL) {
		json_print(everything(subject), stdout);
		putchar('\n');
	} else {
		json_begin(&show->source, "rows", stdout);
		putchar('\n');
		json_print(everything(subject), stdout);
		putchar('\n');
		json_end(stdout);
	}
}

static int show_one(struct show *show, const char *word)
{
	struct subject subject = { 0 };
	int status = source_open(&show->source);

	if (status)
		return status;
	if (find(show, &subject)) {
		print(show, &subject);
	} else {
		complain("no socket %s in this session", word);
		status = STATUS_NOTHING;
	}
	source_close(&show->source);
	return status;
}

static int run(int argc, char **argv)
{
	struct show show = { 0 };
	int at = options_parse(&show_command, &show, argc, argv);

	if (at == argc)
		wrong_usage("show: which socket? PID:FD or its cookie");
	options_end(&show_command, argc, argv, at + 1);
	parse_which(&show, argv[at]);
	return show_one(&show, argv[at]);
}

static const struct option_group groups[] = {
	{ source_options, offsetof(struct show, source) },
	{ view_options, offsetof(struct show, view) },
	{ 0 }
};

const struct command show_command = {
	.name = "show",
	.operands = "PID:FD | COOKIE",
	.summary = "show everything that is known of one socket",
	.details = "Of a number that was used again, the open one, else the last; 'ls -o help'\n"
		   "explains the fields. Status 1: there is none.",
	.run = run,
	.groups = groups,
};
