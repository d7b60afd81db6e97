/* SPDX-License-Identifier: MIT
 *
 * Here we find the processes that the table cannot speak for, and what it says itself that it
 * lacks.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "losses.h"
#include "view.h"

struct gap *gap_of_member(struct round *round, const struct member *member, enum gap_kind kind,
			  const char *what)
{
	struct gap *gap = gaps_add(&round->gaps, kind, what);

	gap->table = round->after;
	if (!member)
		return gap;
	gap->pid = member->kernel ? member->kernel->pid : member->process->pid;
	memcpy(gap->comm, member->process ? member->process->comm : member->kernel->comm,
	       sizeof(gap->comm));
	return gap;
}

struct gap *gap_of_row(struct round *round, const struct member *member, enum gap_kind kind,
		       const char *what, const struct socktab_row *row)
{
	const struct socktab_process *process = socktab_process_by_id(round->after, row->process);
	struct gap *gap = gap_of_member(round, member, kind, what);

	if (!member) {
		gap->pid = row->pid;
		if (process)
			memcpy(gap->comm, process->comm, sizeof(gap->comm));
	}
	gap->fd = row->fd;
	gap->cookie = row->cookie;
	gap->inode = row->inode;
	socktab_proto_text(row, gap->proto, sizeof(gap->proto));
	return gap;
}

const struct member *member_of(const struct round *round, const struct socktab_row *row)
{
	for (size_t i = 0; i < round->member_count; i++)
		if (round->members[i].process && round->members[i].process->id == row->process)
			return &round->members[i];
	return NULL;
}

bool is_under_way(const struct round *round, uint64_t cookie, enum kernel_act act)
{
	for (size_t i = 0; cookie && i < round->held_after.count; i++) {
		const struct socktab_row *row = round->held_after.at[i].row;
		const struct member *member;

		if (row->cookie != cookie)
			continue;
		member = member_of(round, row);
		if (member && member->kernel &&
		    kernel_call_under_way(member->kernel->pid, row->fd, act))
			return true;
	}
	return false;
}

/* --- one that cannot be compared */

static void report_unjudged(struct round *round, const struct member *member)
{
	struct gap *gap = gap_of_member(round, member, GAP_UNJUDGED, "");

	if (!member->kernel)
		strcpy(gap->why, "it is of a pid namespace that cannot be seen from here");
	else
		snprintf(gap->why, sizeof(gap->why), "its descriptors cannot be read: %s",
			 strerror(-member->error));
}

/* --- one that the module is not in */

static void report_blind(struct round *round, const struct member *member)
{
	struct gap *gap = gap_of_member(round, member, GAP_BLIND, "");

	if (!member->error)
		snprintf(gap->kernel, sizeof(gap->kernel), "%zu socket%s",
			 member->holdings.count, plural(member->holdings.count));
	strcpy(gap->says, member->process ? "not preloaded" : "not in it");
	why_blind(member, gap);
}

/* Whether it is alive in that session, and came to it later than to ours. */
static bool is_in(const struct socktab *table, const struct member *member)
{
	int64_t ours = member->process ? member->process->image_ns : 0;

	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		if (process->life == SOCKTAB_ALIVE && process->pid == member->kernel->pid &&
		    process->image_ns > ours)
			return true;
	}
	return false;
}

/* Of another session: what it does is recorded, but not here. */
static bool find_elsewhere(const struct round *round, const struct member *member, char *name,
			   size_t size)
{
	const char *own = socktab_session(round->after)->path;
	struct socktab_session *sessions = NULL;
	struct socktab_error error;
	int count = socktab_sessions(NULL, &sessions, &error);
	bool found = false;

	for (int i = 0; i < count && !found; i++) {
		struct socktab *table;

		if (!strcmp(sessions[i].path, own) ||
		    socktab_open(NULL, sessions[i].path, &table, &error) < 0)
			continue;
		found = is_in(table, member);
		socktab_close(table);
		if (found)
			snprintf(name, size, "%s", sessions[i].name);
	}
	free(sessions);
	return found;
}

/* Puts one gap that is only mentioned in place of those from `first` on. */
static bool report_elsewhere(struct round *round, const struct member *member, size_t first)
{
	char session[64];
	struct gap *gap;

	if (!find_elsewhere(round, member, session, sizeof(session)))
		return false;
	round->gaps.count = first;
	gap = gap_of_member(round, member, GAP_BLIND, "");
	gap->unsure = true;
	snprintf(gap->kernel, sizeof(gap->kernel), "%zu socket%s", member->holdings.count,
		 plural(member->holdings.count));
	strcpy(gap->says, "not in it");
	snprintf(gap->why, sizeof(gap->why), "it is in session %s", session);
	return true;
}

/* A fork that no wrapper saw joins with its first call; until then only what it holds is not in
 * the table. */
static void compare_outsider(struct round *round, const struct member *member)
{
	if (member->mapped > 0 && !member->error && !member->holdings.count)
		return;
	if (!report_elsewhere(round, member, round->gaps.count))
		report_blind(round, member);
}

static void compare_member(struct round *round, struct member *member)
{
	size_t first = round->gaps.count;

	if (member->kernel && member->mapped == 0)
		report_blind(round, member);
	if (member->error) {
		report_unjudged(round, member);
		return;
	}
	compare_descriptors(round, member);
	if (member->mapped > 0 && round->gaps.count > first)
		report_elsewhere(round, member, first);
}

/* --- losses */

static void report_losses(struct round *round, const struct socktab_process *process,
			  const struct socktab_losses *losses)
{
	struct gap *gap;

	if (!socktab_losses_sum(losses))
		return;
	gap = gap_of_member(round, NULL, GAP_LOST, "");
	if (process) {
		gap->pid = process->pid;
		memcpy(gap->comm, process->comm, sizeof(gap->comm));
	}
	losses_phrase(losses, gap->why, sizeof(gap->why));
}

static void compare_losses(struct round *round, const struct pids *pids)
{
	struct socktab_losses rest = socktab_losses(round->after);

	for (size_t i = 0; i < socktab_process_count(round->after); i++) {
		const struct socktab_process *process = socktab_process(round->after, i);

		losses_take(&rest, &process->losses);
		if (pids_has(pids, process->pid))
			report_losses(round, process, &process->losses);
	}
	if (!pids->count)
		report_losses(round, NULL, &rest);
}

void compare_processes(struct round *round, const struct pids *pids)
{
	for (size_t i = 0; i < round->member_count; i++) {
		struct member *member = &round->members[i];

		if (member->error == -ENOENT)
			continue;	/* it has just ended */
		if (member->process)
			compare_member(round, member);
		else
			compare_outsider(round, member);
	}
	compare_losses(round, pids);
}
