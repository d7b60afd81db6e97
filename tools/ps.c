/* SPDX-License-Identifier: MIT
 *
 * Here we list the processes of a session: socktab ps.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "complain.h"
#include "losses.h"
#include "pids.h"
#include "view.h"

struct ps {
	struct source source;
	struct pids pids;
	struct view view;
	struct column_list columns;
};

extern const struct command ps_command;

static size_t take_processes(const struct ps *ps, const struct socktab *table,
			     struct subject *subjects)
{
	size_t count = 0;

	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		if (pids_has(&ps->pids, process->pid))
			subjects[count++] = (struct subject){ .table = table, .process = process };
	}
	return count;
}

static struct subject *processes(const struct ps *ps, size_t *count)
{
	struct subject *subjects;
	size_t most = 0;

	for (size_t i = 0; i < ps->source.count; i++)
		most += socktab_process_count(ps->source.tables[i]);
	subjects = calloc(most + 1, sizeof(*subjects));
	if (!subjects)
		abort();
	*count = 0;
	for (size_t i = 0; i < ps->source.count; i++)
		*count += take_processes(ps, ps->source.tables[i], subjects + *count);
	return subjects;
}

/* 2 processes, 1 alive; 0 lost */
static void last_line(const struct page *page, char *buf, size_t size)
{
	struct socktab_losses losses = source_losses(page->source);
	size_t alive = 0, blind = source_blind(page->source);
	char lost[512], blind_text[64] = "";

	for (size_t i = 0; i < page->count; i++)
		alive += page->subjects[i].process->life == SOCKTAB_ALIVE;
	losses_phrase(&losses, lost, sizeof(lost));
	if (blind)
		snprintf(blind_text, sizeof(blind_text), "; %zu blind (without the module)", blind);
	snprintf(buf, size, "%zu process%s, %zu alive; %s%s", page->count, plural_es(page->count),
		 alive, lost, blind_text);
}

static int print(struct ps *ps)
{
	char line[1024];
	struct page page = {
		.view = &ps->view, .columns = &ps->columns, .source = &ps->source,
		.last_line = line, .out = stdout, .terminal = isatty(STDOUT_FILENO),
	};
	struct subject *subjects = processes(ps, &page.count);

	view_sort(&ps->view, &process_columns, subjects, page.count);
	page.subjects = subjects;
	last_line(&page, line, sizeof(line));
	view_print(&page);
	free(subjects);
	return page.count ? STATUS_OK : STATUS_NOTHING;
}

static int run(int argc, char **argv)
{
	struct ps ps = { 0 };
	int status;

	options_end(&ps_command, argc, argv, options_parse(&ps_command, &ps, argc, argv));
	view_check(&ps.view, &process_columns);
	if (ps.source.all)
		column_add(&ps.columns, column_find(&process_columns, "SESSION", 7));
	column_add_flagged(&ps.columns, &process_columns, COLUMN_DEFAULT, 0);
	view_columns(&ps.view, &process_columns, &ps.columns);
	status = source_open(&ps.source);
	if (status)
		return status;
	status = print(&ps);
	source_close(&ps.source);
	return status;
}

static const struct option_entry own_options[] = {
	{ 'p', "pid", "PID", "these processes only (PID,PID or more than one -p)",
	  pids_add, offsetof(struct ps, pids), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ source_options, offsetof(struct ps, source) },
	{ table_options, offsetof(struct ps, view) },
	{ view_options, offsetof(struct ps, view) },
	{ 0 }
};

const struct command ps_command = {
	.name = "ps",
	.operands = "",
	.summary = "list the processes of a session, also those that ended",
	.run = run,
	.groups = groups,
	.columns = &process_columns,
};
