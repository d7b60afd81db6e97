/* SPDX-License-Identifier: MIT
 *
 * Here we compare the bytes that wrappers counted with those that TCP moved. A socket may have
 * been used through several descriptors of several processes: their rows are summed up.
 */
#include "config.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "by_number.h"

struct counted {		/* by wrappers, in all rows of a socket */
	uint64_t cookie;
	uint64_t rx[2], tx[2];	/* before and after */
	const struct socktab_row *open, *closed;	/* the first open, the last closed */
	bool ended_open;	/* a process ended with it: nobody asked the kernel then */
	bool wanted;		/* of one of the processes that -p names */
	UT_hash_handle hh;
};

/* Of what passed between the program and the socket. */
struct moved {
	uint64_t least, most;
};

/* --- what was counted */

static bool is_tcp(const struct socktab_row *row)
{
	return (row->family == AF_INET || row->family == AF_INET6) && row->cookie &&
	       row->type == SOCK_STREAM && row_protocol(row) == IPPROTO_TCP;
}

static struct counted *counted_of(struct counted **all, uint64_t cookie)
{
	struct counted *one;

	HASH_FIND(hh, *all, &cookie, sizeof(cookie), one);
	if (one)
		return one;
	one = calloc(1, sizeof(*one));
	if (!one)
		abort();
	one->cookie = cookie;
	HASH_ADD(hh, *all, cookie, sizeof(cookie), one);
	return one;
}

static void note_holder(struct counted *one, const struct socktab_row *row)
{
	if (row->open)
		one->open = one->open ? one->open : row;
	else if (!row->closed)
		one->ended_open = true;
	else if (!one->closed || row->closed_ns > one->closed->closed_ns)
		one->closed = row;
}

static void sum_up(struct counted **all, const struct socktab *table, bool after,
		   const struct pids *pids)
{
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);
		struct counted *one;

		if (!is_tcp(row))
			continue;
		one = counted_of(all, row->cookie);
		one->rx[after] += row->rx.bytes;
		one->tx[after] += row->tx.bytes;
		one->wanted |= pids_has(pids, row->pid);
		if (after)
			note_holder(one, row);
	}
}

/* --- what was moved. A FIN takes a number as if it were a byte, and so does a SYN. */

static bool has_sent_fin(unsigned int state)
{
	return state == KERNEL_FIN_WAIT1 || state == KERNEL_FIN_WAIT2 ||
	       state == KERNEL_CLOSING || state == KERNEL_LAST_ACK || state == KERNEL_TIME_WAIT;
}

static bool has_received_fin(unsigned int state)
{
	return state == KERNEL_CLOSE_WAIT || state == KERNEL_LAST_ACK ||
	       state == KERNEL_CLOSING || state == KERNEL_TIME_WAIT;
}

/* Handed over by the program: what was sent for the first time, and what waits to be. A FIN that
 * waits is the last to do so. */
static struct moved sent(const struct kernel_socket *kernel)
{
	const struct tcp_info *tcp = &kernel->tcp;
	uint64_t waits = tcp->tcpi_notsent_bytes, all;

	waits -= waits && has_sent_fin(kernel->state);
	all = tcp->tcpi_bytes_sent - tcp->tcpi_bytes_retrans + waits;
	return (struct moved){ all, all };
}

/* Taken by the program: what came, less what is still queued. A FIN was taken with the last of
 * it. */
static struct moved received(const struct kernel_socket *kernel)
{
	uint64_t all = kernel->tcp.tcpi_bytes_received, queued = kernel->receive_queue;
	bool fin = has_received_fin(kernel->state) && !queued;

	all = all > queued ? all - queued : 0;
	all -= fin && all;
	return (struct moved){ all, all };
}

/* A connect that fails, and one to nobody (AF_UNSPEC), make a socket new: all is forgotten, and
 * what is said to wait has no meaning. */
static bool is_forgotten(const struct socktab_tcp_final *tcp)
{
	return tcp->state == KERNEL_CLOSE && !tcp->bytes_sent && !tcp->bytes_acked &&
	       !tcp->bytes_received;
}

/* The module's last look, at closing, does not tell what was sent again. */
static struct moved sent_at_last(const struct socktab_tcp_final *tcp)
{
	uint64_t waits = tcp->notsent_bytes, all;

	waits -= waits && has_sent_fin(tcp->state);
	all = tcp->bytes_sent + waits;
	if (!tcp->total_retrans)
		return (struct moved){ all, all };
	return (struct moved){ tcp->bytes_acked > 2 ? tcp->bytes_acked - 2 : 0, all };
}

/* Nor what was left unread. */
static struct moved received_at_last(const struct socktab_tcp_final *tcp)
{
	return (struct moved){ 0, tcp->bytes_received };
}

/* --- the comparison */

struct direction {
	const char *name;
	enum kernel_act act;
	const uint64_t *counted;	/* before and after */
	struct moved moved;
};

static struct gap *report(struct round *round, const struct counted *one,
			  const struct direction *d, enum gap_kind kind, uint64_t bytes)
{
	const struct socktab_row *row = one->open ? one->open : one->closed;
	struct gap *gap = gap_of_row(round, member_of(round, row), kind, d->name, row);

	gap->bytes = bytes;
	snprintf(gap->kernel, sizeof(gap->kernel), "%" PRIu64,
		 kind == GAP_EXCESS ? d->moved.most : d->moved.least);
	snprintf(gap->says, sizeof(gap->says), "%" PRIu64, d->counted[kind != GAP_EXCESS]);
	return gap;
}

static void compare_direction(struct round *round, const struct counted *one,
			      const struct direction *d, const char *upper)
{
	const struct socktab_row *row = one->open ? one->open : one->closed;
	struct gap *gap = NULL;

	if (d->moved.least > d->counted[1] &&
	    !is_under_way(round, one->cookie, d->act)) {
		gap = report(round, one, d, GAP_UNSEEN, d->moved.least - d->counted[1]);
		why_unseen(round, member_of(round, row), gap);
	} else if (d->counted[0] > d->moved.most) {
		gap = report(round, one, d, GAP_EXCESS, d->counted[0] - d->moved.most);
		strcpy(gap->why, "connected again? the kernel counts each connection anew");
	}
	if (gap && *upper) {
		gap->unsure = true;
		snprintf(gap->why, sizeof(gap->why), "%s in the kernel adds bytes of its own",
			 upper);
	}
}

static void compare_live(struct round *round, const struct counted *one,
			 const struct kernel_socket *kernel)
{
	struct direction tx = { "tx", KERNEL_SENDS, one->tx, sent(kernel) };
	struct direction rx = { "rx", KERNEL_RECEIVES, one->rx, received(kernel) };

	if (!kernel->has_tcp || kernel->state == KERNEL_LISTEN ||
	    kernel->state == KERNEL_CLOSE || kernel->state == KERNEL_BOUND_INACTIVE)
		return;
	compare_direction(round, one, &tx, kernel->upper);
	compare_direction(round, one, &rx, kernel->upper);
}

/* More came than was read by calls that were seen: perhaps nobody read it. */
static void compare_unread(struct round *round, const struct counted *one,
			   const struct direction *rx, const struct socktab_tcp_final *tcp)
{
	uint64_t fin = has_received_fin(tcp->state) || tcp->state == KERNEL_CLOSE;
	struct gap *gap;

	if (tcp->bytes_received <= rx->counted[1] + fin)
		return;
	gap = report(round, one, rx, GAP_UNSEEN, tcp->bytes_received - fin - rx->counted[1]);
	gap->unsure = true;
	snprintf(gap->kernel, sizeof(gap->kernel), "%" PRIu64, tcp->bytes_received - fin);
	strcpy(gap->why, "left unread when it was closed, or read past the module");
}

static void compare_closed(struct round *round, const struct counted *one)
{
	const struct socktab_tcp_final *tcp = &one->closed->tcp;
	struct direction tx = { "tx", KERNEL_SENDS, one->tx, sent_at_last(tcp) };
	struct direction rx = { "rx", KERNEL_RECEIVES, one->rx, received_at_last(tcp) };

	if (!tcp->state || tcp->state == KERNEL_LISTEN || is_forgotten(tcp))
		return;
	compare_direction(round, one, &tx, "");
	compare_direction(round, one, &rx, "");
	compare_unread(round, one, &rx, tcp);
}

static const struct kernel_socket *find_socket(const struct round *round, uint64_t cookie)
{
	const struct kernel_socket *found = NULL;

	for (size_t i = 0; !found && i < round->network_count; i++)
		found = kernel_by_cookie(round->networks[i].sockets, cookie);
	return found;
}

void compare_bytes(struct round *round, const struct pids *pids)
{
	struct counted *all = NULL, *one, *next;

	sum_up(&all, round->before, false, pids);
	sum_up(&all, round->after, true, pids);
	HASH_ITER(hh, all, one, next) {
		const struct kernel_socket *kernel = find_socket(round, one->cookie);

		if (one->wanted && kernel && (one->open || one->closed))
			compare_live(round, one, kernel);
		else if (one->wanted && !one->open && one->closed && !one->ended_open)
			compare_closed(round, one);
		HASH_DELETE(hh, all, one);
		free(one);
	}
}
