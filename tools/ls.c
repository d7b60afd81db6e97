/* SPDX-License-Identifier: MIT
 *
 * Here we list descriptors: socktab ls.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "complain.h"
#include "losses.h"
#include "pick.h"
#include "view.h"
#include "watch.h"

struct ls {
	struct source source;
	struct pick pick;
	struct view view;
	double watch;		/* seconds; 0: once */
	struct column_list columns;
};

extern const struct command ls_command;

/* With what is shown that is otherwise not, come the columns that tell it apart. */
static void choose_columns(struct ls *ls)
{
	const struct column_table *table = &row_columns;

	if (ls->source.all)
		column_add(&ls->columns, column_find(table, "SESSION", 7));
	column_add_flagged(&ls->columns, table, COLUMN_DEFAULT, 0);
	if (ls->pick.closed)
		column_add(&ls->columns, column_find(table, "LIFE", 4));
	view_columns(&ls->view, table, &ls->columns);
}

/* Nothing is open: what there was, and how to see it. */
static void print_left_out(const struct picked *picked, FILE *out)
{
	if (picked->closed)
		fprintf(out, "; %zu closed", picked->closed);
	if (picked->dead)
		fprintf(out, "%s%zu of dead processes", picked->closed ? ", " : "; ", picked->dead);
	if (picked->closed || picked->dead)
		fputs(": -a", out);
}

/* 3 sockets, 1 process; 0 lost */
static void last_line(const struct ls *ls, const struct picked *picked, char *buf, size_t size)
{
	struct socktab_losses losses = source_losses(&ls->source);
	size_t blind = source_blind(&ls->source);
	FILE *out = fmemopen(buf, size, "w");
	char lost[512];

	if (!out)
		abort();
	losses_phrase(&losses, lost, sizeof(lost));
	fprintf(out, "%zu socket%s, %zu process%s; %s", picked->count, plural(picked->count),
		picked->processes, plural_es(picked->processes), lost);
	if (blind)
		fprintf(out, "; %zu process%s blind (without the module)", blind, plural_es(blind));
	if (picked->stale)
		fprintf(out, "; %zu stale", picked->stale);
	if (picked->torn)
		fprintf(out, "; %zu torn", picked->torn);
	if (!picked->count)
		print_left_out(picked, out);
	fclose(out);
}

static int print(struct ls *ls, FILE *out, bool terminal, size_t width)
{
	struct picked picked;
	char line[1024];
	struct page page = {
		.view = &ls->view, .columns = &ls->columns, .source = &ls->source,
		.last_line = line, .out = out, .terminal = terminal, .width = width,
	};

	pick_rows(&ls->pick, &ls->source, &picked);
	view_sort(&ls->view, &row_columns, picked.subjects, picked.count);
	last_line(ls, &picked, line, sizeof(line));
	page.subjects = picked.subjects;
	page.count = picked.count;
	view_print(&page);
	picked_free(&picked);
	return picked.count ? STATUS_OK : STATUS_NOTHING;
}

static int draw(void *what, FILE *out, size_t width, struct socktab_error *error)
{
	struct ls *ls = what;
	int answer = source_refresh(&ls->source, error);

	return answer < 0 ? answer : print(ls, out, width != 0, width);
}

static int list(struct ls *ls)
{
	bool terminal = isatty(STDOUT_FILENO);
	struct watch watch = {
		.seconds = ls->watch, .draw = draw, .what = ls,
		.in_place = terminal && ls->view.format == FORMAT_HUMAN && !ls->view.quiet,
	};
	int status = source_open(&ls->source);

	if (status)
		return status;
	status = ls->watch > 0 ? watch_run(&watch) : print(ls, stdout, terminal, 0);
	source_close(&ls->source);
	return status;
}

static int run(int argc, char **argv)
{
	struct ls ls = { 0 };
	int first = options_parse(&ls_command, &ls, argc, argv), status;

	view_check(&ls.view, &row_columns);
	choose_columns(&ls);
	ls.pick.filter = filter_parse(argc - first, argv + first);
	status = list(&ls);
	socktab_filter_free(ls.pick.filter);
	return status;
}

static const struct option_entry own_options[] = {
	{ 'w', "watch", "[SEC]", "again and again, every SEC seconds (1), until Ctrl-C",
	  watch_set, offsetof(struct ls, watch), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ pick_options, offsetof(struct ls, pick) },
	{ own_options, 0 },
	{ source_options, offsetof(struct ls, source) },
	{ table_options, offsetof(struct ls, view) },
	{ view_options, offsetof(struct ls, view) },
	{ 0 }
};

const struct command ls_command = {
	.name = "ls",
	.operands = "[FILTER]",
	.summary = "list the sockets that programs hold",
	.details = "FILTER as of ss: state established dport = :443, dst 10.0.0.0/8, comm redis*,\n"
		   "idle > 1m, ...; 'socktab help filter' lists the words. Status 1: nothing matched.",
	.run = run,
	.groups = groups,
	.columns = &row_columns,
	.words = WORDS_FILTER,
};
