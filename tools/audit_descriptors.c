/* SPDX-License-Identifier: MIT
 *
 * Here we compare the descriptors that a process holds with its open rows.
 */
#include "config.h"

#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "audit.h"

/* Whether a row may be of the socket that the descriptor leads to. */
static bool is_same_socket(const struct member *member, const struct socktab_row *row,
			   const struct kernel_descriptor *descriptor)
{
	const struct kernel_socket *kernel = kernel_by_inode(member->sockets, descriptor->inode);
	const struct kernel_socket *other = kernel_by_cookie(member->sockets, row->cookie);

	if (row->inode && row->inode != descriptor->inode)
		return false;
	/* The connection that an MPTCP socket uses has its inode and another cookie. */
	if (kernel && row_protocol(row) == IPPROTO_MPTCP)
		return kernel->protocol == IPPROTO_TCP;
	if (kernel)
		return (!row->cookie || row->cookie == kernel->cookie) &&
		       row->family == kernel->family;
	return !other || other->inode == descriptor->inode;
}

/* The text of an address that may be longer than a table has room for. */
static void describe(char *buf, size_t size, const char *state,
		     const struct socktab_address *local)
{
	char address[160] = "";

	if (local->len)
		socktab_address_text(local, address, sizeof(address));
	snprintf(buf, size, "%s%s%.110s", state, address[0] ? " " : "", address);
}

static void name_protocol(const struct member *member, int fd, const struct kernel_socket *kernel,
			  char *buf, size_t size)
{
	if (kernel && kernel->family != AF_UNIX) {
		struct socktab_row row = { .family = kernel->family, .type = kernel->type,
					   .protocol = kernel->protocol };

		socktab_proto_text(&row, buf, size);
		return;
	}
	kernel_protocol_name(member->kernel->pid, fd, buf, size);
	for (; *buf; buf++)
		*buf = (char)tolower((unsigned char)*buf);
}

static void report_missing(struct round *round, const struct member *member,
			   const struct kernel_descriptor *descriptor)
{
	const struct kernel_socket *kernel = kernel_by_inode(member->sockets, descriptor->inode);
	struct gap *gap = gap_of_member(round, member, GAP_MISSING, "");

	gap->fd = descriptor->fd;
	gap->inode = descriptor->inode;
	gap->cookie = kernel ? kernel->cookie : 0;
	name_protocol(member, descriptor->fd, kernel, gap->proto, sizeof(gap->proto));
	if (kernel)
		describe(gap->kernel, sizeof(gap->kernel),
			 kernel->state ? kernel_state_name(kernel->state) : "open",
			 &kernel->local);
	else
		strcpy(gap->kernel, "open");
	why_missing(round, member, gap);
}

static bool has_row(const struct member *member, const struct held_list *list,
		    const struct kernel_descriptor *descriptor)
{
	size_t count;
	const struct held *held = held_find(list, member->process->id, descriptor->fd, &count);

	for (size_t i = 0; i < count; i++)
		if (is_same_socket(member, held[i].row, descriptor))
			return true;
	return false;
}

/* Not in the one reading, nor in the other: it was not opened or closed in between. */
static void find_missing(struct round *round, const struct member *member)
{
	for (size_t i = 0; i < member->holdings.count; i++) {
		const struct kernel_descriptor *descriptor = &member->holdings.sockets[i];

		if (!has_row(member, &round->held_before, descriptor) &&
		    !has_row(member, &round->held_after, descriptor))
			report_missing(round, member, descriptor);
	}
}

static void report_ghost(struct round *round, const struct member *member,
			 const struct socktab_row *row)
{
	struct gap *gap = gap_of_row(round, member, GAP_GHOST, "", row);

	describe(gap->says, sizeof(gap->says), socktab_state_name(row->state), &row->local);
	why_ghost(member, gap);
}

/* Its row is open before and after. */
static void compare_row(struct round *round, struct member *member,
			const struct socktab_row *before, const struct socktab_row *after)
{
	const struct kernel_descriptor *descriptor = kernel_holdings_find(&member->holdings,
									  after->fd);

	if (!descriptor || !is_same_socket(member, after, descriptor))
		report_ghost(round, member, after);
	else if (member->sockets)
		compare_facts(round, member, before, after,
			      kernel_by_inode(member->sockets, descriptor->inode));
	else
		member->unverified++;
}

static void compare_rows(struct round *round, struct member *member)
{
	for (size_t i = 0; i < round->held_after.count; i++) {
		const struct socktab_row *after = round->held_after.at[i].row;
		const struct socktab_row *before;

		if (after->process != member->process->id)
			continue;
		member->rows++;
		before = socktab_row_by_id(round->before, after->id);
		if (before && before->open)
			compare_row(round, member, before, after);
	}
}

void compare_descriptors(struct round *round, struct member *member)
{
	find_missing(round, member);
	compare_rows(round, member);
}
