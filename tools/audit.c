/* SPDX-License-Identifier: MIT
 *
 * Here we hold the table against the kernel: socktab audit.
 */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "audit.h"
#include "command.h"
#include "complain.h"
#include "view.h"

/* A race lasts as long as a program needs from its system call to its row, unless it is stopped
 * in between. The pauses grow: 10, 20, 40 and 80 ms. */
#define ROUNDS_MAX	5
#define PAUSE_NS	10000000L

struct audit {
	struct source source;
	struct pids pids;
	struct view view;
	struct column_list columns;
	struct round *rounds;	/* the last one of each session */
};

extern const struct command audit_command;

static void pause_before(int round)
{
	struct timespec pause = { 0, PAUSE_NS << (round - 1) };

	nanosleep(&pause, NULL);
}

/* Rounds until no gap is left that all of them found. */
static int audit_session(struct round *round, const struct pids *pids)
{
	struct gaps earlier = { 0 };
	struct socktab_error error;
	int code = 0;

	for (int i = 0; i < ROUNDS_MAX && code >= 0; i++) {
		if (i)
			pause_before(i);
		round_free(round);
		code = round_take(round, pids, &error);
		if (code < 0)
			break;
		compare_processes(round, pids);
		compare_bytes(round, pids);
		if (i)
			gaps_keep_common(&round->gaps, &earlier);
		gaps_free(&earlier);
		if (!round->gaps.count)
			break;
		for (size_t j = 0; j < round->gaps.count; j++)
			*gaps_add(&earlier, 0, "") = round->gaps.at[j];
	}
	gaps_free(&earlier);
	if (code < 0)
		complain("%s", error.text);
	return code < 0 ? STATUS_FAILED : STATUS_OK;
}

static bool has_gap(const struct audit *audit)
{
	for (size_t i = 0; i < audit->source.count; i++)
		for (size_t j = 0; j < audit->rounds[i].gaps.count; j++)
			if (!audit->rounds[i].gaps.at[j].unsure)
				return true;
	return false;
}

/* Of each pid that was asked for something has to be there. */
static int check_pids(const struct audit *audit)
{
	for (size_t i = 0; i < audit->pids.count; i++) {
		bool found = false;

		for (size_t j = 0; j < audit->source.count && !found; j++)
			for (size_t k = 0; k < audit->rounds[j].member_count && !found; k++) {
				const struct member *m = &audit->rounds[j].members[k];

				found = audit->pids.list[i] ==
					(m->kernel ? m->kernel->pid : m->process->pid);
			}
		if (!found) {
			complain("no live process %d in this session", audit->pids.list[i]);
			return STATUS_FAILED;
		}
	}
	return STATUS_OK;
}

static int audit_all(struct audit *audit)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < audit->source.count && !status; i++) {
		struct socktab_error error;

		audit->rounds[i].after = audit->source.tables[i];
		if (socktab_open(NULL, socktab_session(audit->source.tables[i])->path,
				 &audit->rounds[i].before, &error) < 0) {
			complain("%s", error.text);
			return STATUS_FAILED;
		}
		status = audit_session(&audit->rounds[i], &audit->pids);
	}
	if (!status)
		status = check_pids(audit);
	if (status)
		return status;
	audit_print(&audit->view, &audit->columns, &audit->source, audit->rounds);
	return has_gap(audit) ? STATUS_NOTHING : STATUS_OK;
}

static int audit_source(struct audit *audit)
{
	int status = source_open(&audit->source);

	if (status)
		return STATUS_FAILED;
	audit->rounds = calloc(audit->source.count, sizeof(*audit->rounds));
	if (!audit->rounds)
		abort();
	status = audit_all(audit);
	for (size_t i = 0; i < audit->source.count; i++) {
		round_free(&audit->rounds[i]);
		socktab_close(audit->rounds[i].before);
	}
	free(audit->rounds);
	source_close(&audit->source);
	return status;
}

static int run(int argc, char **argv)
{
	struct audit audit = { 0 };

	options_end(&audit_command, argc, argv,
		    options_parse(&audit_command, &audit, argc, argv));
	view_check(&audit.view, &gap_columns);
	if (audit.source.all)
		column_add(&audit.columns, column_find(&gap_columns, "SESSION", 7));
	column_add_flagged(&audit.columns, &gap_columns, COLUMN_DEFAULT, 0);
	view_columns(&audit.view, &gap_columns, &audit.columns);
	return audit_source(&audit);
}

static const struct option_entry own_options[] = {
	{ 'p', "pid", "PID", "these processes only (PID,PID or more than one -p)",
	  pids_add, offsetof(struct audit, pids), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ source_options, offsetof(struct audit, source) },
	{ table_options, offsetof(struct audit, view) },
	{ view_options, offsetof(struct audit, view) },
	{ 0 }
};

const struct command audit_command = {
	.name = "audit",
	.operands = "",
	.summary = "hold the table against the kernel: what the module could not see",
	.details = "Live processes are compared with /proc and sock_diag, bytes of TCP with the\n"
		   "kernel's totals. Status 0: no gap, 1: a gap. -v lists also what is unsure.",
	.run = run,
	.groups = groups,
	.columns = &gap_columns,
};
