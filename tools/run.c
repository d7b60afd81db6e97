/* SPDX-License-Identifier: MIT
 *
 * Here we start a command in a session: socktab run. Then we are not there: it is an exec.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "command.h"
#include "complain.h"
#include "environment.h"
#include "losses.h"
#include "program.h"
#include "session_name.h"
#include "socktab.h"
#include "units.h"

struct run {
	const char *name;
	unsigned long rows;
	bool trace, summary;
};

extern const struct command run_command;

/* --- --summary: a line for each process that had sockets, and one for all processes */

static void add_totals(struct socktab_totals *sum, const struct socktab_totals *more)
{
	sum->opened += more->opened;
	sum->closed += more->closed;
	sum->rx_bytes += more->rx_bytes;
	sum->tx_bytes += more->tx_bytes;
	sum->errors += more->errors;
}

static void print_totals(const char *whose, const struct socktab_totals *totals,
			 const char *open, const char *lost)
{
	char rx[16], tx[16];

	bytes_text(totals->rx_bytes, rx, sizeof(rx));
	bytes_text(totals->tx_bytes, tx, sizeof(tx));
	complain("%s: %ju opened, %ju closed, %ju %s; rx %s, tx %s; %ju error%s; %s", whose,
		 (uintmax_t)totals->opened, (uintmax_t)totals->closed,
		 (uintmax_t)(totals->opened - totals->closed), open, rx, tx,
		 (uintmax_t)totals->errors, totals->errors == 1 ? "" : "s", lost);
}

static void print_process(const struct socktab_process *process)
{
	bool lives = process->life == SOCKTAB_ALIVE || process->life == SOCKTAB_UNKNOWN;
	char whose[64], lost[512];

	if (!process->totals.opened && !socktab_losses_sum(&process->losses))
		return;
	snprintf(whose, sizeof(whose), "%s (%d)", process->comm, process->pid);
	losses_phrase(&process->losses, lost, sizeof(lost));
	print_totals(whose, &process->totals, lives ? "open, it lives" : "open at its end", lost);
}

static void print_summary(const struct environment *environment)
{
	struct socktab_totals sum = { 0 };
	struct socktab_losses losses;
	struct socktab_error error;
	struct socktab *table;
	char whose[128], lost[512];

	if (socktab_open(environment->directory, environment->session, &table, &error) < 0) {
		complain("no summary: %s", error.text);
		return;
	}
	for (size_t i = 0; i < socktab_process_count(table); i++) {
		print_process(socktab_process(table, i));
		add_totals(&sum, &socktab_process(table, i)->totals);
	}
	losses = socktab_losses(table);
	losses_phrase(&losses, lost, sizeof(lost));
	snprintf(whose, sizeof(whose), "%s, %zu process%s", environment->session,
		 socktab_process_count(table), socktab_process_count(table) == 1 ? "" : "es");
	print_totals(whose, &sum, "open at the end", lost);
	socktab_close(table);
}

static int run_with_summary(const struct environment *environment, char **command)
{
	int status = child_run(command);

	if (status < 0)
		return fail(status, "cannot start %s", command[0]);
	print_summary(environment);
	child_end_like(status);
}

/* --- the command */

static int prepare(const struct run *run, char **command, struct environment *environment)
{
	struct program program;
	int status = environment_prepare(environment);

	if (!status)
		status = program_find(command[0], &program);
	if (!status && program_judge(&program)) {
		complain("%s cannot be preloaded: %s", program.path, program.why);
		status = STATUS_NOT_EXECUTABLE;
	}
	environment->rows = run->rows;
	if (run->name)
		snprintf(environment->session, sizeof(environment->session), "%s", run->name);
	else
		session_name_random(command[0], environment->session,
				    sizeof(environment->session));
	return status;
}

static int run(int argc, char **argv)
{
	struct environment environment = { .rows = 0 };
	struct run run = { 0 };
	int at = options_parse(&run_command, &run, argc, argv), status;

	if (run.trace)
		wrong_usage("run: --trace is not known yet");
	if (at == argc)
		wrong_usage("run: which command? (socktab help run)");
	status = prepare(&run, argv + at, &environment);
	if (status)
		return status;
	environment_set(&environment);
	/* Whoever runs a command to see its sockets wants to hear why there are none. */
	setenv("SOCKTAB_VERBOSE", "1", 0);
	return run.summary ? run_with_summary(&environment, argv + at) : child_exec(argv + at);
}

static void set_rows(void *rows, const char *arg)
{
	*(unsigned long *)rows = option_number(arg, ROWS_MAX, "number of rows");
}

static const struct option_entry own_options[] = {
	{ 'n', "name", "NAME", "name of the session (default: CMD's and a random end)",
	  session_name_set, offsetof(struct run, name), WORDS_SESSION },
	{ 0, "rows", "N", "rows that the session has room for, when it is new",
	  set_rows, offsetof(struct run, rows), WORDS_ANY },
	{ 0, "trace", NULL, "record calls as events (not known yet)",
	  option_true, offsetof(struct run, trace), WORDS_ANY },
	{ 0, "summary", NULL, "stay as parent, and sum up on stderr when CMD has ended",
	  option_true, offsetof(struct run, summary), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ 0 }
};

const struct command run_command = {
	.name = "run",
	.operands = "[--] CMD [ARG...]",
	.summary = "run a command in a session of its own",
	.details = "The status is CMD's own; 125: socktab failed, 126: CMD cannot be executed or preloaded,\n"
		   "127: it was not found.",
	.run = run,
	.groups = groups,
	.words = WORDS_PROGRAM,
	.stops = true,
};
