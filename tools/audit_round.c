/* SPDX-License-Identifier: MIT
 *
 * Here we take the two readings of the table and that of the kernel between them.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "module.h"

static void *zeroed(size_t count, size_t size)
{
	void *room = calloc(count + 1, size);

	if (!room)
		abort();
	return room;
}

/* --- rows, to be found by descriptor */

static int by_descriptor(const void *va, const void *vb)
{
	const struct held *a = va, *b = vb;

	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	return (a->fd > b->fd) - (a->fd < b->fd);
}

static void index_rows(const struct socktab *table, struct held_list *list)
{
	list->at = zeroed(socktab_row_count(table), sizeof(*list->at));
	list->count = 0;
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);

		if (row->open)
			list->at[list->count++] = (struct held){ row->process, row->fd, row };
	}
	qsort(list->at, list->count, sizeof(*list->at), by_descriptor);
}

const struct held *held_find(const struct held_list *list, uint64_t process, int fd,
			     size_t *count)
{
	struct held key = { process, fd, NULL };
	const struct held *end = list->at + list->count, *first;

	*count = 0;
	first = bsearch(&key, list->at, list->count, sizeof(key), by_descriptor);
	if (!first)
		return NULL;
	while (first > list->at && !by_descriptor(first - 1, &key))
		first--;
	while (first + *count < end && !by_descriptor(first + *count, &key))
		++*count;
	return first;
}

/* --- processes of the session, as we see them */

static int by_pid(const void *a, const void *b)
{
	const struct kernel_process *p = a, *q = b;

	return (p->pid > q->pid) - (p->pid < q->pid);
}

const struct kernel_process *round_process(const struct round *round, pid_t pid)
{
	struct kernel_process key = { .pid = pid };

	return bsearch(&key, round->processes, round->process_count, sizeof(key), by_pid);
}

/* Of a pid namespace below ours: the kernel tells both of its pids. */
static const struct kernel_process *find_inner(const struct round *round,
					       const struct socktab_process *process)
{
	for (size_t i = 0; i < round->process_count; i++) {
		const struct kernel_process *p = &round->processes[i];

		if (p->pid != p->inner_pid && p->inner_pid == process->pid && !p->zombie &&
		    kernel_namespace(p->pid, "pid") == process->pidns)
			return p;
	}
	return NULL;
}

static struct member *add_member(struct round *round, const struct socktab_process *process,
				 const struct kernel_process *kernel)
{
	struct member *member = &round->members[round->member_count++];

	*member = (struct member){ .process = process, .kernel = kernel };
	return member;
}

static void find_members(struct round *round, const struct pids *pids)
{
	for (size_t i = 0; i < socktab_process_count(round->after); i++) {
		const struct socktab_process *process = socktab_process(round->after, i);
		const struct kernel_process *kernel = NULL;

		if (process->life == SOCKTAB_ALIVE)
			kernel = round_process(round, process->pid);
		else if (process->life == SOCKTAB_UNKNOWN)
			kernel = find_inner(round, process);
		else
			continue;
		if (pids_has(pids, kernel ? kernel->pid : process->pid))
			add_member(round, process, kernel);
	}
}

/* --- children that are not in it */

static bool is_of_session(const struct round *round, pid_t pid)
{
	for (size_t i = 0; i < socktab_process_count(round->after); i++) {
		const struct socktab_process *process = socktab_process(round->after, i);

		if (process->life == SOCKTAB_ALIVE && process->pid == pid)
			return true;
	}
	for (size_t i = 0; i < round->member_count; i++)
		if (round->members[i].kernel && round->members[i].kernel->pid == pid)
			return true;
	return false;
}

static bool is_below_session(const struct round *round, const struct kernel_process *process)
{
	for (int depth = 0; process && process->ppid > 1 && depth < 1000; depth++) {
		if (is_of_session(round, process->ppid))
			return true;
		process = round_process(round, process->ppid);
	}
	return false;
}

/* Whose parent is gone still has the environment that it was started with. */
static bool was_started_in_session(const struct round *round, pid_t pid)
{
	const struct socktab_session *session = socktab_session(round->after);
	char directory[sizeof(session->path)], *slash;

	if (!kernel_started_with(pid, "SOCKTAB_SESSION", session->name))
		return false;
	strcpy(directory, session->path);
	slash = strrchr(directory, '/');
	if (slash)
		*slash = '\0';
	return kernel_started_with(pid, "SOCKTAB_DIR", directory) ||
	       !kernel_started_with(pid, "SOCKTAB_DIR", NULL);
}

static void find_outsiders(struct round *round, const struct pids *pids)
{
	for (size_t i = 0; i < round->process_count; i++) {
		const struct kernel_process *process = &round->processes[i];

		if (process->zombie || process->pid == getpid() ||
		    !pids_has(pids, process->pid) || is_of_session(round, process->pid))
			continue;
		if (is_below_session(round, process) ||
		    was_started_in_session(round, process->pid))
			add_member(round, NULL, process);
	}
}

/* --- what the kernel says of them */

static void find_network(struct round *round, struct member *member)
{
	uint64_t inode = kernel_namespace(member->kernel->pid, "net");
	struct network *network = round->networks;

	for (; network < round->networks + round->network_count; network++)
		if (network->inode == inode)
			break;
	if (network == round->networks + round->network_count) {
		round->network_count++;
		network->inode = inode;
		network->error = kernel_sockets_take(&network->sockets, member->kernel->pid);
	}
	member->sockets = network->sockets;
	member->sockets_error = network->error;
	/* Its sockets may be of the one and of the other. */
	if (member->process && member->process->netns && member->process->netns != inode) {
		member->sockets = NULL;
		member->sockets_error = -EXDEV;
	}
}

static void ask_kernel(struct round *round)
{
	round->networks = zeroed(round->member_count, sizeof(*round->networks));
	for (size_t i = 0; i < round->member_count; i++) {
		struct member *member = &round->members[i];

		if (!member->kernel) {
			member->error = -ESRCH;
			continue;
		}
		member->error = kernel_holdings_take(member->kernel->pid, &member->holdings);
		member->mapped = module_is_mapped(member->kernel->pid);
	}
	for (size_t i = 0; i < round->member_count; i++)
		if (round->members[i].kernel)
			find_network(round, &round->members[i]);
}

/* --- a round */

static int find_all(struct round *round, const struct pids *pids)
{
	ssize_t count = kernel_processes(&round->processes);

	if (count < 0)
		return (int)count;
	round->process_count = (size_t)count;
	round->members = zeroed(round->process_count + socktab_process_count(round->after),
				sizeof(*round->members));
	find_members(round, pids);
	find_outsiders(round, pids);
	ask_kernel(round);
	return 0;
}

/* Members are found in a reading that the second one replaces: by id they are known again, and
 * one that ended meanwhile is left out. */
static int read_again(struct round *round, struct socktab_error *error)
{
	uint64_t *ids = zeroed(round->member_count, sizeof(*ids));
	size_t kept = 0;
	int code;

	for (size_t i = 0; i < round->member_count; i++)
		ids[i] = round->members[i].process ? round->members[i].process->id : 0;
	code = socktab_refresh(round->after, error);
	for (size_t i = 0; code >= 0 && i < round->member_count; i++) {
		struct member member = round->members[i];

		member.process = ids[i] ? socktab_process_by_id(round->after, ids[i]) : NULL;
		if (!ids[i] || (member.process && (member.process->life == SOCKTAB_ALIVE ||
						   member.process->life == SOCKTAB_UNKNOWN)))
			round->members[kept++] = member;
		else
			kernel_holdings_free(&member.holdings);
	}
	if (code >= 0)
		round->member_count = kept;
	free(ids);
	return code;
}

int round_take(struct round *round, const struct pids *pids, struct socktab_error *error)
{
	int code = socktab_refresh(round->before, error);

	if (code >= 0)
		code = socktab_refresh(round->after, error);
	if (code < 0)
		return code;
	code = find_all(round, pids);
	if (code < 0) {
		*error = (struct socktab_error){ -code, "/proc cannot be read" };
		return code;
	}
	code = read_again(round, error);
	if (code < 0)
		return code;
	index_rows(round->before, &round->held_before);
	index_rows(round->after, &round->held_after);
	return 0;
}

void round_free(struct round *round)
{
	for (size_t i = 0; i < round->member_count; i++)
		kernel_holdings_free(&round->members[i].holdings);
	for (size_t i = 0; i < round->network_count; i++)
		kernel_sockets_free(round->networks[i].sockets);
	free(round->networks);
	free(round->members);
	free(round->processes);
	free(round->held_before.at);
	free(round->held_after.at);
	gaps_free(&round->gaps);
	*round = (struct round){ .before = round->before, .after = round->after };
}
