/* SPDX-License-Identifier: MIT
 *
 * Here we examine a running process: is the module in it, and is it in a session?
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"
#include "module.h"
#include "program.h"
#include "socktab.h"

/* Why the module is not there. */
static void examine_program_of(struct report *report, pid_t pid)
{
	struct program program;
	char link[64];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/%d/exe", pid);
	len = readlink(link, program.path, sizeof(program.path) - 1);
	if (len < 0) {
		report_note(report, "process %d: its program cannot be told: %s", pid,
			    strerror(errno));
		return;
	}
	program.path[len] = '\0';
	program_judge(&program);
	if (program.why[0])
		report_problem(report, "%s cannot be preloaded: %s", program.path, program.why);
	else
		report_note(report, "%s can be preloaded: start it with 'socktab run'",
			    program.path);
}

static const struct socktab_process *find(const struct socktab *table, pid_t pid)
{
	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		if (process->pid == pid && process->life == SOCKTAB_ALIVE)
			return process;
	}
	return NULL;
}

static void report_found(struct report *report, const struct socktab *table,
			 const struct socktab_process *process)
{
	const char *session = socktab_session(table)->name;

	report_good(report, "process %d (%s) is in session %s, with %u sockets open", process->pid,
		    process->comm, session, process->open);
	if (process->blind)
		report_problem(report, "it runs a program that the module is not in");
	if (process->quiet)
		report_note(report, "it installed a seccomp filter: the kernel is asked no more");
	if (process->no_rows)
		report_problem(report, "its address space had no room for the rows");
	if (process->unshared)
		report_problem(report, "a thread of it has descriptors of its own");
	if (socktab_losses_sum(&process->losses))
		report_problem(report, "something was lost: see 'socktab ps -S %s'", session);
}

/* How many sessions it was found in. */
static size_t examine_sessions(struct report *report, pid_t pid)
{
	struct socktab_session *sessions = NULL;
	struct socktab_error error;
	int count = socktab_sessions(NULL, &sessions, &error);
	size_t found = 0;

	for (int i = 0; i < count; i++) {
		const struct socktab_process *process;
		struct socktab *table;

		if (socktab_open(NULL, sessions[i].path, &table, &error) < 0)
			continue;
		process = find(table, pid);
		if (process)
			report_found(report, table, process);
		found += process != NULL;
		socktab_close(table);
	}
	free(sessions);
	return found;
}

void examine_process(struct report *report, pid_t pid)
{
	int mapped = module_is_mapped(pid);
	size_t sessions;

	if (mapped == -ENOENT) {
		report_problem(report, "there is no process %d", pid);
		return;
	}
	if (mapped < 0)
		report_note(report, "process %d: its memory map cannot be read: %s", pid,
			    strerror(-mapped));
	else if (mapped)
		report_good(report, "process %d has the module in it", pid);
	else
		report_problem(report, "process %d does not have the module in it", pid);
	sessions = examine_sessions(report, pid);
	if (!sessions)
		report_problem(report, "process %d is in none of your sessions", pid);
	if (mapped == 0)
		examine_program_of(report, pid);
}
