/* SPDX-License-Identifier: MIT
 *
 * Here we name the reason of a gap, where it can be known: the surest that fits.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "program.h"

static void say(struct gap *gap, const char *why)
{
	snprintf(gap->why, sizeof(gap->why), "%s", why);
}

/* --- what explains any gap of a process */

static bool why_of_process(const struct member *member, struct gap *gap)
{
	if (!member || !member->process)
		return false;
	if (member->kernel && member->mapped == 0)
		say(gap, "the process runs a program that the module is not in");
	else if (member->process->no_rows)
		say(gap, "its address space had no room for the rows");
	else if (member->process->unshared)
		say(gap, "a thread of it has descriptors of its own");
	else if (member->holdings.io_uring)
		say(gap, "it uses io_uring");
	else
		return false;
	return true;
}

void why_blind(const struct member *member, struct gap *gap)
{
	struct program program;
	char link[64];
	ssize_t len;

	if (member->mapped < 0) {
		snprintf(gap->why, sizeof(gap->why), "its memory map cannot be read: %s",
			 strerror(-member->mapped));
		return;
	}
	if (member->mapped) {
		say(gap, "the module is in it, but has not joined: it was forked past libc, or "
			 "could not");
		return;
	}
	say(gap, "it was started without LD_PRELOAD");
	snprintf(link, sizeof(link), "/proc/%d/exe", member->kernel->pid);
	len = readlink(link, program.path, sizeof(program.path) - 1);
	if (len < 0)
		return;
	program.path[len] = '\0';
	if (program_judge(&program))
		say(gap, program.why);
}

/* --- missing, ghost, stale */

#define NOT_ASKED "the kernel was not asked, under a seccomp filter"

/* Whether the member has a row for another descriptor of that socket. */
static bool has_other(const struct round *round, const struct member *member,
		      const struct gap *gap)
{
	size_t count = 0;

	for (size_t i = 0; member->process && i < member->holdings.count && !count; i++)
		if (member->holdings.sockets[i].inode == gap->inode)
			held_find(&round->held_after, member->process->id,
				  member->holdings.sockets[i].fd, &count);
	return count != 0;
}

/* It was not opened unseen, but copied. */
static bool is_known_otherwise(const struct round *round, const struct gap *gap)
{
	for (size_t i = 0; i < round->member_count; i++)
		if (has_other(round, &round->members[i], gap))
			return true;
	for (size_t i = 0; gap->cookie && i < socktab_row_count(round->after); i++)
		if (socktab_row(round->after, i)->cookie == gap->cookie)
			return true;
	return false;
}

void why_missing(const struct round *round, const struct member *member, struct gap *gap)
{
	const struct socktab_losses *losses = &member->process->losses;

	if (why_of_process(member, gap))
		return;
	if (losses->fd)
		say(gap, "its number is beyond the map, or the table was full");
	else if (losses->rows || losses->memory)
		say(gap, "the table was full");
	else if (member->process->quiet)
		say(gap, NOT_ASKED);
	else if (is_known_otherwise(round, gap))
		say(gap, "duplicated or passed by a raw system call, io_uring or libc's own");
	else
		say(gap, "opened by a raw system call or libc's own");
}

void why_ghost(const struct member *member, struct gap *gap)
{
	if (!why_of_process(member, gap))
		say(gap, "closed by a raw system call or libc's own");
}

void why_stale(const struct member *member, const struct socktab_row *row, struct gap *gap)
{
	if (row->stale)
		say(gap, "a change of its address was lost");
	else if (why_of_process(member, gap))
		return;
	else if (member->process && member->process->quiet)
		say(gap, NOT_ASKED);
	else if (row->state == SOCKTAB_STATE_SYN_SENT && !row->local.len)
		say(gap, "connect never returned: cancelled, or left by longjmp");
	else
		say(gap, "changed by a raw system call or libc's own");
}

/* --- unseen bytes */

static const char *why_by_origin(enum socktab_origin origin)
{
	switch (origin) {
	case SOCKTAB_ORIGIN_INHERITED:
		return "opened before the module: bytes from then";
	case SOCKTAB_ORIGIN_ADOPTED:
		return "its opening was not seen: bytes from before it was";
	case SOCKTAB_ORIGIN_SCM:
		return "passed from outside of the session: bytes from there";
	case SOCKTAB_ORIGIN_EXEC:
		return "held over a program without the module: bytes from then";
	default:
		return NULL;
	}
}

/* Whether none of its rows saw it made; and how the others came to it. */
static const char *why_by_rows(const struct round *round, uint64_t cookie)
{
	const char *why = NULL;

	for (size_t i = 0; i < socktab_row_count(round->after); i++) {
		const struct socktab_row *row = socktab_row(round->after, i);

		if (row->cookie != cookie)
			continue;
		if (row->origin == SOCKTAB_ORIGIN_SOCKET ||
		    row->origin == SOCKTAB_ORIGIN_ACCEPT)
			return NULL;
		if (!why)
			why = why_by_origin(row->origin);
	}
	return why;
}

/* A process that holds the socket and cannot count; NULL: none. */
static const struct member *find_uncounted(const struct round *round, uint64_t cookie)
{
	for (size_t i = 0; i < round->member_count; i++) {
		const struct member *member = &round->members[i];
		const struct kernel_socket *kernel = kernel_by_cookie(member->sockets, cookie);

		if (!kernel || (member->process && member->mapped))
			continue;
		for (size_t j = 0; j < member->holdings.count; j++)
			if (member->holdings.sockets[j].inode == kernel->inode)
				return member;
	}
	return NULL;
}

/* Rows that were pushed out counted for sockets that nobody can name any more. */
static bool has_pushed_out(const struct round *round, const struct member *member)
{
	size_t rows = 0;

	for (size_t i = 0; i < socktab_row_count(round->after); i++)
		rows += socktab_row(round->after, i)->process == member->process->id;
	return member->process->totals.opened > rows;
}

void why_unseen(const struct round *round, const struct member *member, struct gap *gap)
{
	const struct member *other = find_uncounted(round, gap->cookie);
	const char *why = why_by_rows(round, gap->cookie);

	if (why_of_process(member, gap))
		return;
	if (other)
		snprintf(gap->why, sizeof(gap->why),
			 "process %d holds it, too, and has not got the module in it",
			 other->kernel->pid);
	else if (why)
		say(gap, why);
	else if (member && member->process && has_pushed_out(round, member))
		say(gap, "raw system call, stdio or libc's own; or counted in a row that was "
			 "used again");
	else
		say(gap, "raw system call, stdio or libc's own");
}
