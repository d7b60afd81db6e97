/* SPDX-License-Identifier: MIT
 *
 * Here we compare what is known of a socket: its state and its addresses.
 */
#include "config.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "audit.h"

#define IN(state)	(1u << SOCKTAB_STATE_##state)
#define SENDS_NO_MORE	(IN(SHUT_WR) | IN(SHUT))
#define ANY		(~0u & ~IN(LISTEN))

/* For each state of the kernel, those that the program may have left it in. A connect that ended is
 * still under way for a program that has not asked, and a peer may reset or end a connection. */
static const unsigned int tcp_states[] = {
	[KERNEL_ESTABLISHED] = IN(ESTAB) | IN(SHUT_RD) | IN(SYN_SENT),
	[KERNEL_SYN_SENT] = IN(SYN_SENT),
	[KERNEL_SYN_RECV] = ANY,
	[KERNEL_FIN_WAIT1] = SENDS_NO_MORE,
	[KERNEL_FIN_WAIT2] = SENDS_NO_MORE,
	[KERNEL_TIME_WAIT] = SENDS_NO_MORE,
	[KERNEL_CLOSE] = ANY,
	[KERNEL_CLOSE_WAIT] = IN(ESTAB) | IN(SHUT_RD) | IN(SYN_SENT),
	[KERNEL_LAST_ACK] = SENDS_NO_MORE,
	[KERNEL_LISTEN] = IN(LISTEN),
	[KERNEL_CLOSING] = SENDS_NO_MORE,
	[KERNEL_NEW_SYN_RECV] = ANY,
	[KERNEL_BOUND_INACTIVE] = IN(UNCONN) | IN(FAILED),
};

static const unsigned int udp_states[] = {
	[KERNEL_ESTABLISHED] = IN(ESTAB) | IN(SHUT_RD) | SENDS_NO_MORE,
	[KERNEL_CLOSE] = IN(UNCONN) | IN(FAILED) | IN(SHUT_RD) | SENDS_NO_MORE,
};

/* A peer that goes away disconnects a datagram socket; a listener that is shut down listens. */
static const unsigned int unix_states[] = {
	[KERNEL_ESTABLISHED] = IN(ESTAB) | IN(SYN_SENT) | IN(SHUT_RD) | SENDS_NO_MORE,
	[KERNEL_CLOSE] = ANY,
	[KERNEL_LISTEN] = IN(LISTEN) | IN(SHUT_RD) | SENDS_NO_MORE,
};

int row_protocol(const struct socktab_row *row)
{
	if (row->protocol || (row->family != AF_INET && row->family != AF_INET6))
		return row->protocol;
	if (row->type == SOCK_STREAM)
		return IPPROTO_TCP;
	return row->type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_RAW;
}

static bool is_inet(const struct socktab_row *row)
{
	return row->family == AF_INET || row->family == AF_INET6;
}

static bool is_one_of(const unsigned int *states, size_t count, unsigned int kernel,
		      enum socktab_state state)
{
	return kernel >= count || !states[kernel] || states[kernel] & 1u << state;
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

bool states_agree(const struct socktab_row *row, unsigned int kernel)
{
	if (row->state == SOCKTAB_STATE_UNKNOWN || !kernel)
		return true;
	/* Whom others connect to is called connected as well. */
	if (row->family == AF_UNIX && row->type == SOCK_DGRAM && row->state == SOCKTAB_STATE_UNCONN)
		return kernel == KERNEL_CLOSE || kernel == KERNEL_ESTABLISHED;
	if (row->family == AF_UNIX)
		return is_one_of(unix_states, COUNT(unix_states), kernel, row->state);
	if (!is_inet(row) || row->type == SOCK_RAW)
		return true;
	if (row_protocol(row) == IPPROTO_TCP)
		return is_one_of(tcp_states, COUNT(tcp_states), kernel, row->state);
	return is_one_of(udp_states, COUNT(udp_states), kernel, row->state);
}

static void compare_state(struct round *round, const struct member *member,
			  const struct socktab_row *before, const struct socktab_row *after,
			  unsigned int kernel)
{
	struct gap *gap;

	if (states_agree(before, kernel) || states_agree(after, kernel) ||
	    is_under_way(round, after->cookie, KERNEL_CHANGES))
		return;
	gap = gap_of_row(round, member, GAP_STALE, "state", after);
	snprintf(gap->kernel, sizeof(gap->kernel), "%s", kernel_state_name(kernel));
	snprintf(gap->says, sizeof(gap->says), "%s", socktab_state_name(after->state));
	why_stale(member, after, gap);
}

static void compare_address(struct round *round, const struct member *member, const char *what,
			    const struct socktab_address *before, const struct socktab_row *after,
			    const struct socktab_address *kernel)
{
	const struct socktab_address *now = strcmp(what, "peer") ? &after->local : &after->peer;
	struct gap *gap;

	if (same_address(before, kernel) || same_address(now, kernel) ||
	    is_under_way(round, after->cookie, KERNEL_CHANGES))
		return;
	gap = gap_of_row(round, member, GAP_STALE, what, after);
	socktab_address_text(kernel, gap->kernel, sizeof(gap->kernel));
	socktab_address_text(now, gap->says, sizeof(gap->says));
	why_stale(member, after, gap);
}

/* A raw socket's port is its protocol, and a packet socket's address is not told. */
static bool has_comparable_addresses(const struct socktab_row *row)
{
	return row->type != SOCK_RAW && row->family != AF_PACKET;
}

/* The peer of a unix socket has as many spellings as there are paths that lead to it, and a TCP
 * socket that was reset forgets its own. */
static bool has_comparable_peer(const struct socktab_row *row, const struct kernel_socket *kernel)
{
	return is_inet(row) && kernel->state != KERNEL_CLOSE &&
	       kernel->state != KERNEL_BOUND_INACTIVE && kernel->state != KERNEL_LISTEN;
}

void compare_facts(struct round *round, struct member *member, const struct socktab_row *before,
		   const struct socktab_row *after, const struct kernel_socket *kernel)
{
	bool torn = before->torn || after->torn;

	if (row_protocol(after) == IPPROTO_MPTCP) {
		member->unverified++;	/* what is listed are the connections that it uses */
		return;
	}
	if (!kernel) {
		/* What has neither address nor peer is not listed. */
		if (kernel_lists(member->sockets, after->family, row_protocol(after)))
			compare_state(round, member, before, after, KERNEL_CLOSE);
		else
			member->unverified++;
		return;
	}
	compare_state(round, member, before, after, kernel->state);
	if (torn || !has_comparable_addresses(after))
		return;
	compare_address(round, member, "local", &before->local, after, &kernel->local);
	if (has_comparable_peer(after, kernel))
		compare_address(round, member, "peer", &before->peer, after, &kernel->peer);
}
