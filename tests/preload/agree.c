/* SPDX-License-Identifier: MIT
 *
 * The table held against the kernel.
 */
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "agree.h"
#include "kernel.h"
#include "run.h"

enum { PROCESSES_MAX = 4096, DESCRIPTORS_MAX = 32768 };

const struct socktab_row *open_row(const struct socktab *table, pid_t pid, int fd)
{
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);

		if (row->open && row->pid == pid && row->fd == fd)
			return row;
	}
	return NULL;
}

/* A judgement of one row: says who is meant before it says what is wrong. */
struct judgement {
	const struct socktab_row *row;
	int copy;		/* the socket itself */
	struct kernel_socket kernel;
	unsigned tolerate;
	struct complaints *complaints;
};

#define WRONG(j, format, ...) \
	complain((j)->complaints, "row %d:%d against the kernel: " format, (j)->row->pid, \
		 (j)->row->fd, __VA_ARGS__)

/* ------------------------------------------------------------------- address and state --- */

/* A path ends at its first NUL: the program may have bound it with more bytes than that, and the
 * kernel tells of one more than a sockaddr_un has where there is no NUL. */
static bool same_path(const struct socktab_address *row, const struct sockaddr_storage *kernel,
		      socklen_t kernel_len)
{
	const struct sockaddr_un *a = (const void *)&row->storage, *b = (const void *)kernel;

	return row->sa.sa_family == AF_UNIX && kernel->ss_family == AF_UNIX && kernel_len
	       && row->len > sizeof(sa_family_t) && a->sun_path[0] && b->sun_path[0]
	       && !strncmp(a->sun_path, b->sun_path, sizeof(a->sun_path));
}

static void judge_address(const struct judgement *j, const char *which,
			  const struct socktab_address *row, const struct sockaddr_storage *kernel,
			  socklen_t kernel_len)
{
	socklen_t row_len = row->len;
	char text[2][300];

	if (kernel_says_nothing(&row->storage, row_len, j->kernel.type))
		row_len = 0;
	if (row_len == kernel_len && !memcmp(&row->storage, kernel, kernel_len))
		return;
	if (same_path(row, kernel, kernel_len))
		return;
	socktab_address_text(row, text[0], sizeof(text[0]));
	socktab_address_text(&(struct socktab_address){ .len = kernel_len, .storage = *kernel },
			     text[1], sizeof(text[1]));
	WRONG(j, "%s is %s (%u bytes), not %s (%u bytes)", which, text[0], row->len, text[1],
	      kernel_len);
}

static bool may_be_unknown(const struct judgement *j, const struct socktab_address *row)
{
	return (j->tolerate & ADDRESS_UNKNOWN) && socktab_address_port(row) <= 0;
}

/* The other end of a pair may get a name after the pair was made: nobody tells this end. */
static bool named_later(const struct socktab_row *row)
{
	return row->origin == SOCKTAB_ORIGIN_SOCKETPAIR
	       && row->peer.len <= sizeof(sa_family_t);
}

static void judge_addresses(const struct judgement *j)
{
	const struct socktab_row *row = j->row;
	const struct kernel_socket *k = &j->kernel;

	/* When a connect fails the kernel keeps the port and forgets the host. While a blocking
	 * one is under way the kernel has chosen a port inside the call: nobody has asked yet. */
	if (row->state != SOCKTAB_STATE_FAILED
	    && !(row->state == SOCKTAB_STATE_SYN_SENT && !row->local.len)
	    && !may_be_unknown(j, &row->local))
		judge_address(j, "local", &row->local, &k->local, k->local_len);
	/* A connection that has ended has no peer in the kernel any more; the row remembers. */
	if (k->connected && !may_be_unknown(j, &row->peer) && !named_later(row))
		judge_address(j, "peer", &row->peer, &k->peer, k->peer_len);
}

static bool is_shut(enum socktab_state state)
{
	return state == SOCKTAB_STATE_SHUT_RD || state == SOCKTAB_STATE_SHUT_WR
	       || state == SOCKTAB_STATE_SHUT;
}

static bool fits_tcp(enum socktab_state state, int kernel)
{
	switch (kernel) {
	case TCP_LISTEN:
		return state == SOCKTAB_STATE_LISTEN;
	case TCP_SYN_SENT:
	case TCP_SYN_RECV:
		return state == SOCKTAB_STATE_SYN_SENT;
	case TCP_ESTABLISHED:
	case TCP_CLOSE_WAIT:	/* SYN_SENT: the program has not asked yet */
		return state == SOCKTAB_STATE_ESTAB || state == SOCKTAB_STATE_SHUT_RD
		       || state == SOCKTAB_STATE_SYN_SENT;
	case TCP_CLOSE:
		return state != SOCKTAB_STATE_LISTEN;
	default:
		return state == SOCKTAB_STATE_SHUT_WR || state == SOCKTAB_STATE_SHUT;
	}
}

static bool fits(const struct judgement *j)
{
	enum socktab_state state = j->row->state;
	const struct kernel_socket *k = &j->kernel;

	if (k->tcp_state)
		return fits_tcp(state, k->tcp_state);
	if (k->listening || state == SOCKTAB_STATE_LISTEN)
		return k->listening && state == SOCKTAB_STATE_LISTEN;
	if (k->family != AF_INET && k->family != AF_INET6 && k->family != AF_UNIX)
		return true;
	if (k->connected)
		return state == SOCKTAB_STATE_ESTAB || is_shut(state)
		       || (k->family != AF_UNIX && state == SOCKTAB_STATE_SYN_SENT);
	/* the other end of a datagram pair may have gone */
	return k->family == AF_UNIX || state != SOCKTAB_STATE_ESTAB;
}

/* ----------------------------------------------------------------------------- options --- */

static const struct { unsigned bit; int level, option; const char *name; } switches[] = {
	{ SOCKTAB_OPT_NODELAY, IPPROTO_TCP, TCP_NODELAY, "nodelay" },
	{ SOCKTAB_OPT_CORK, IPPROTO_TCP, TCP_CORK, "cork" },
	{ SOCKTAB_OPT_KEEPALIVE, SOL_SOCKET, SO_KEEPALIVE, "keepalive" },
	{ SOCKTAB_OPT_REUSEADDR, SOL_SOCKET, SO_REUSEADDR, "reuseaddr" },
	{ SOCKTAB_OPT_REUSEPORT, SOL_SOCKET, SO_REUSEPORT, "reuseport" },
	{ SOCKTAB_OPT_BROADCAST, SOL_SOCKET, SO_BROADCAST, "broadcast" },
	{ SOCKTAB_OPT_PASSCRED, SOL_SOCKET, SO_PASSCRED, "passcred" },
	{ SOCKTAB_OPT_V6ONLY, IPPROTO_IPV6, IPV6_V6ONLY, "v6only" },
	{ SOCKTAB_OPT_LINGER, SOL_SOCKET, SO_LINGER, "linger" },
};

static void judge_switch(const struct judgement *j, unsigned bit, bool kernel, const char *name)
{
	if (j->row->options & ~j->row->options_known & bit)
		WRONG(j, "%s is set and not known", name);
	if ((j->row->options_known & bit) && !(j->row->options & bit) != !kernel)
		WRONG(j, "%s is %d, not %d", name, !!(j->row->options & bit), kernel);
}

static void judge_amount(const struct judgement *j, int option, const char *name, unsigned amount)
{
	struct { int first, second; struct timeval rest; } value = { 0 };
	socklen_t size = sizeof(value);
	unsigned kernel = 0;

	if (!amount || getsockopt(j->copy, SOL_SOCKET, option, &value, &size) < 0)
		return;
	kernel = (unsigned)value.first;
	if (option == SO_LINGER)
		kernel = value.first ? (unsigned)value.second : 0;
	if (option == SO_RCVTIMEO || option == SO_SNDTIMEO) {
		struct timeval time;

		memcpy(&time, &value, sizeof(time));
		kernel = (unsigned)(time.tv_sec * 1000 + time.tv_usec / 1000);
	}
	if (amount != kernel)
		WRONG(j, "%s is %u, not %u", name, amount, kernel);
}

static void judge_options(const struct judgement *j, bool cloexec)
{
	const struct socktab_row *row = j->row;

	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		int value[2] = { 0 };
		socklen_t size = sizeof(value);

		if (!getsockopt(j->copy, switches[i].level, switches[i].option, value, &size))
			judge_switch(j, switches[i].bit, value[0], switches[i].name);
	}
	judge_switch(j, SOCKTAB_OPT_NONBLOCK, j->kernel.nonblock, "nonblock");
	judge_switch(j, SOCKTAB_OPT_CLOEXEC, cloexec, "cloexec");
	judge_amount(j, SO_SNDBUF, "sndbuf", row->sndbuf);
	judge_amount(j, SO_RCVBUF, "rcvbuf", row->rcvbuf);
	judge_amount(j, SO_LINGER, "linger", row->linger_s);
	judge_amount(j, SO_RCVTIMEO, "rcvtimeo", row->rcvtimeo_ms);
	judge_amount(j, SO_SNDTIMEO, "sndtimeo", row->sndtimeo_ms);
}

/* ------------------------------------------------------------------------------- whole --- */

static void judge_identity(const struct judgement *j, uint64_t inode)
{
	const struct socktab_row *row = j->row;
	const struct kernel_socket *k = &j->kernel;

	if (row->family != k->family)
		WRONG(j, "family is %d, not %d", row->family, k->family);
	if (row->type != k->type)
		WRONG(j, "type is %d, not %d", row->type, k->type);
	if (row->protocol && row->protocol != k->protocol)
		WRONG(j, "protocol is %d, not %d", row->protocol, k->protocol);
	if (row->inode && row->inode != inode)
		WRONG(j, "inode is %" PRIu64 ", not %" PRIu64, row->inode, inode);
	/* An accepted MPTCP socket has its listener's cookie: no identity, and none in its row. */
	if (!row->cookie && k->protocol == IPPROTO_MPTCP)
		return;
	if (row->cookie != k->cookie && (row->cookie || !(j->tolerate & LOSSES)))
		WRONG(j, "cookie is %" PRIu64 ", not %" PRIu64, row->cookie, k->cookie);
}

/* Descriptors are compared all the same. */
static void say_that_sockets_are_not_examined(int error)
{
	static bool said;

	if (!said)
		printf("not examined: sockets themselves: pidfd_getfd: %s\n", strerror(error));
	said = true;
}

static void judge(const struct socktab_row *row, const struct kernel_descriptor *descriptor,
		  unsigned tolerate, struct complaints *complaints)
{
	struct judgement j = { .row = row, .tolerate = tolerate, .complaints = complaints };

	j.copy = kernel_borrow(row->pid, row->fd);
	if (j.copy == -EPERM || j.copy == -ENOSYS) {
		say_that_sockets_are_not_examined(-j.copy);
		return;
	}
	if (j.copy < 0) {
		WRONG(&j, "the socket cannot be borrowed: %s", strerror(-j.copy));
		return;
	}
	kernel_examine(j.copy, &j.kernel);
	judge_identity(&j, descriptor->inode);
	judge_addresses(&j);
	if (!fits(&j))
		WRONG(&j, "state %s does not fit: tcp state %d, listening %d, connected %d",
		      socktab_state_name(row->state), j.kernel.tcp_state, j.kernel.listening,
		      j.kernel.connected);
	judge_options(&j, descriptor->cloexec);
	close(j.copy);
}

struct tally { size_t matched, missing; };

static void judge_process(const struct socktab *table, pid_t pid, unsigned tolerate,
			  struct tally *tally, struct complaints *complaints)
{
	static struct kernel_descriptor list[DESCRIPTORS_MAX];
	size_t count = kernel_descriptors(pid, list, DESCRIPTORS_MAX);

	for (size_t i = 0; i < count; i++) {
		const struct socktab_row *row;

		if (!list[i].socket)
			continue;
		row = open_row(table, pid, list[i].fd);
		if (row) {
			tally->matched++;
			judge(row, &list[i], tolerate, complaints);
			continue;
		}
		if (tolerate & BLIND)
			continue;
		tally->missing++;
		if (!(tolerate & LOSSES))
			complain(complaints, "socket %d:%d has no row", pid, list[i].fd);
	}
}

static bool holds(pid_t pid, int fd)
{
	static struct kernel_descriptor list[DESCRIPTORS_MAX];
	size_t count = kernel_descriptors(pid, list, DESCRIPTORS_MAX);

	for (size_t i = 0; i < count; i++)
		if (list[i].fd == fd)
			return list[i].socket;
	return false;
}

/* Rows of which no socket was found: says which, and counts those that are open. */
static void find_ghosts(const struct socktab *table, size_t matched, struct complaints *complaints)
{
	size_t open = 0;

	for (size_t i = 0; i < socktab_row_count(table); i++)
		open += socktab_row(table, i)->open;
	for (size_t i = 0; open != matched && i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);

		if (row->open && !holds(row->pid, row->fd))
			complain(complaints, "row %d:%d has no socket (origin %s)", row->pid,
				 row->fd, socktab_origin_name(row->origin));
	}
	if (open != matched)
		complain(complaints, "%zu open rows, of which %zu have a socket", open, matched);
}

static void judge_losses(const struct socktab *table, unsigned tolerate,
			 const struct tally *tally, struct complaints *complaints)
{
	const struct socktab_losses losses = socktab_losses(table);
	uint64_t sum = socktab_losses_sum(&losses);

	if (sum && !(tolerate & LOSSES))
		complain(complaints, "%" PRIu64 " losses", sum);
	if (tally->missing > sum)
		complain(complaints, "%zu sockets have no row, %" PRIu64 " losses are counted",
			 tally->missing, sum);
}

size_t agree_of(const struct socktab *table, const pid_t *pids, size_t processes, unsigned tolerate,
		struct complaints *complaints)
{
	struct tally tally = { 0, 0 };

	for (size_t i = 0; i < processes; i++)
		judge_process(table, pids[i], tolerate, &tally, complaints);
	find_ghosts(table, tally.matched, complaints);
	judge_losses(table, tolerate, &tally, complaints);
	for (size_t i = 0; i < socktab_row_count(table); i++)
		if (socktab_row(table, i)->torn || socktab_row(table, i)->stale)
			complain(complaints, "row %d:%d is torn or stale",
				 socktab_row(table, i)->pid, socktab_row(table, i)->fd);
	return tally.matched + tally.missing;
}

void agree_with_kernel(const struct socktab *table, unsigned tolerate,
		       struct complaints *complaints)
{
	static pid_t pids[PROCESSES_MAX];
	size_t processes = kernel_descendants(pids, PROCESSES_MAX);

	agree_of(table, pids, processes, tolerate, complaints);
}
