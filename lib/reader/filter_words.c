/* SPDX-License-Identifier: MIT
 *
 * Here is the table of a filter's words: a new one is an entry at the end of this file, and a
 * function when no other serves it. `help filter`, the completion and the manual's test follow.
 * One table, so it is longer than our other files.
 */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "filter.h"
#include "../nearest.h"

#define ARGS const struct st_filter_look *look, const struct st_filter_word *word, unsigned int i, \
	     struct st_filter_fact *fact
#define UNUSED (void)look, (void)word, (void)i

static const void *row_field(const struct st_filter_look *look, const struct st_filter_word *word)
{
	return (const char *)look->row + word->which;
}

static const struct socktab_process *process_of(const struct st_filter_look *look)
{
	return socktab_process_by_id(look->table, look->row->process);
}

/* --- one function for many words: `which` is the field */

static bool get_u32(ARGS)
{
	UNUSED;
	fact->number = *(const uint32_t *)row_field(look, word);
	return true;
}

static bool get_u64(ARGS)
{
	UNUSED;
	fact->number = *(const uint64_t *)row_field(look, word);
	return true;
}

static bool get_flag(ARGS)
{
	UNUSED;
	fact->number = *(const bool *)row_field(look, word);
	return true;
}

static bool get_address(ARGS)
{
	UNUSED;
	fact->address = row_field(look, word);
	return true;
}

static bool get_port(ARGS)
{
	int64_t port = st_filter_port_of(look->row, row_field(look, word));

	(void)i;
	fact->known = port >= 0;
	fact->number = (uint64_t)port;
	return true;
}

/* How long ago. Of a former boot's moments no more is known than that they were. */
static bool get_moment(ARGS)
{
	int64_t at = *(const int64_t *)row_field(look, word), now = socktab_now_ns(look->table);

	(void)i;
	fact->known = at != 0;
	fact->number = now > at ? (uint64_t)(now - at) : 0;
	if (!socktab_session(look->table)->same_boot)
		fact->number = INT64_MAX;
	return true;
}

/* Of an option that the program never set or asked for: it is off. */
static bool get_option(ARGS)
{
	UNUSED;
	fact->number = (look->row->options & look->row->options_known & word->which) != 0;
	return true;
}

static bool get_milliseconds(ARGS)
{
	get_u32(look, word, i, fact);
	fact->number *= 1000000;
	return true;
}

static void set_ns(struct st_filter_fact *fact, int64_t ns)
{
	fact->known = ns >= 0;
	fact->number = (uint64_t)ns;
}

static void set_ref(struct st_filter_fact *fact, const struct socktab_row *row)
{
	fact->known = row != NULL;
	if (!row)
		return;
	fact->number = (uint64_t)row->pid;
	fact->fd = row->fd;
}

static bool get_ref(ARGS)
{
	uint64_t id = *(const uint64_t *)row_field(look, word);

	(void)i;
	set_ref(fact, id ? socktab_row_by_id(look->table, id) : NULL);
	return true;
}

/* --- of the process: `which` is the field there */

static const void *process_field(ARGS)
{
	const struct socktab_process *process = process_of(look);

	(void)i;
	fact->known = process != NULL;
	return process ? (const char *)process + word->which : NULL;
}

static bool get_process_u32(ARGS)
{
	const uint32_t *field = process_field(look, word, i, fact);

	fact->number = field ? *field : 0;
	return true;
}

static bool get_process_u64(ARGS)
{
	const uint64_t *field = process_field(look, word, i, fact);

	fact->number = field ? *field : 0;
	return true;
}

static bool get_process_flag(ARGS)
{
	const bool *field = process_field(look, word, i, fact);

	fact->number = field && *field;
	return true;
}

static bool get_process_text(ARGS)
{
	fact->text = process_field(look, word, i, fact);
	return true;
}

/* --- one function for one word */

static bool get_state(ARGS)
{
	UNUSED;
	fact->number = st_filter_state_bit(look->row);
	return true;
}

static bool get_session(ARGS)
{
	UNUSED;
	fact->text = socktab_session(look->table)->name;
	return true;
}

static bool get_proto(ARGS)
{
	UNUSED;
	socktab_proto_text(look->row, fact->room, sizeof fact->room);
	fact->text = fact->room;
	return true;
}

/* A name, or the number where there is none. */
static bool set_name(struct st_filter_fact *fact, const char *name, int number)
{
	snprintf(fact->room, sizeof fact->room, "%d", number);
	fact->text = name ? name : fact->room;
	return true;
}

static bool get_family(ARGS)
{
	UNUSED;
	return set_name(fact, socktab_family_name(look->row->family), look->row->family);
}

static bool get_type(ARGS)
{
	UNUSED;
	return set_name(fact, socktab_type_name(look->row->type), look->row->type);
}

static bool get_origin(ARGS)
{
	UNUSED;
	fact->text = socktab_origin_name(look->row->origin);
	return true;
}

static bool get_closer(ARGS)
{
	UNUSED;
	fact->text = socktab_closer_name(look->row->closer);
	fact->known = look->row->closer != SOCKTAB_CLOSER_NONE;
	return true;
}

static bool get_life(ARGS)
{
	UNUSED;
	fact->text = socktab_row_life_name(look->row);
	return true;
}

static bool get_alive(ARGS)
{
	UNUSED;
	fact->known = look->row->life != SOCKTAB_UNKNOWN;
	fact->number = look->row->life == SOCKTAB_ALIVE;
	return true;
}

static bool get_inode(ARGS)
{
	UNUSED;
	fact->number = socktab_row_inode(look->row);
	return true;
}

/* The descriptors of its socket, one by one. */
static bool get_held_by(ARGS)
{
	unsigned int seen = 0;

	(void)word;
	for (size_t j = 0; look->row->cookie && j < socktab_row_count(look->table); j++) {
		const struct socktab_row *row = socktab_row(look->table, j);

		if (row->open && row->cookie == look->row->cookie && seen++ == i) {
			set_ref(fact, row);
			return true;
		}
	}
	return false;
}

static bool get_peers(ARGS)
{
	UNUSED;
	fact->known = look->row->type != SOCK_STREAM;
	fact->number = look->row->peers;
	return true;
}

static bool get_group(ARGS)
{
	const struct socktab_group *group = &look->row->groups[i];

	(void)word;
	if (i >= look->row->group_count)
		return false;
	if (!inet_ntop(group->family, group->group, fact->room, sizeof fact->room))
		snprintf(fact->room, sizeof fact->room, "%u", group->ifindex);
	fact->text = fact->room;
	return true;
}

/* The peer first, then our own end. */
static const struct socktab_address *either(const struct socktab_row *row, unsigned int i)
{
	return i == 0 ? &row->peer : i == 1 ? &row->local : NULL;
}

static bool get_path(ARGS)
{
	const struct socktab_address *address = either(look->row, i);

	(void)word;
	if (!address || look->row->family != AF_UNIX)
		return false;
	socktab_address_text(address, fact->room, sizeof fact->room);
	fact->known = fact->room[0] == '/' || fact->room[0] == '@';
	fact->text = fact->room;
	return true;
}

/* For what the program itself called it there is no place in the table yet: as a number. */
static bool get_host(ARGS)
{
	(void)word;
	if (i > 0)
		return false;
	fact->known = socktab_address_host(&look->row->peer, fact->room, sizeof fact->room) > 0;
	fact->text = fact->room;
	return true;
}

static bool get_errors(ARGS)
{
	UNUSED;
	fact->number = look->row->rx.errors + look->row->tx.errors;
	return true;
}

static bool get_errno(ARGS)
{
	UNUSED;
	fact->number = (uint64_t)socktab_row_errno(look->row);
	return true;
}

static bool get_passed(ARGS)
{
	UNUSED;
	fact->number = (uint64_t)look->row->rx.passed + look->row->tx.passed;
	return true;
}

static bool get_age(ARGS)
{
	UNUSED;
	set_ns(fact, socktab_row_age_ns(look->table, look->row));
	return true;
}

static bool get_idle(ARGS)
{
	UNUSED;
	set_ns(fact, socktab_row_idle_ns(look->table, look->row));
	return true;
}

static bool get_connect(ARGS)
{
	UNUSED;
	set_ns(fact, socktab_row_connect_ns(look->row));
	return true;
}

/* What only a socket that listens, or did, has. */
static bool get_listening(ARGS)
{
	get_u32(look, word, i, fact);
	fact->known = look->row->listen_ns != 0;
	return true;
}

static bool get_linger(ARGS)
{
	const struct socktab_row *row = look->row;

	UNUSED;
	fact->known = row->options & row->options_known & SOCKTAB_OPT_LINGER;
	fact->number = (uint64_t)row->linger_s * UINT64_C(1000000000);
	return true;
}

static bool get_tcp(ARGS)
{
	UNUSED;
	fact->known = look->row->tcp.state != 0;
	return true;
}

/* As ss guesses it: a port of the kernel's range, or a unix name as the kernel makes them. */
static bool get_autobound(ARGS)
{
	const struct socktab_row *row = look->row;
	int64_t port = st_filter_port_of(row, &row->local);
	char name[128];

	(void)word, (void)i;
	fact->number = port >= (int64_t)look->filter->port_first &&
		       port <= (int64_t)look->filter->port_last;
	if (row->family != AF_UNIX)
		return true;
	socktab_address_text(&row->local, name, sizeof name);
	fact->number = !strcmp(name, "*") || !strcmp(name, "-") ||
		       (name[0] == '@' && strlen(name) == 6 &&
			strspn(name + 1, "0123456789abcdef") == 5);
	return true;
}

/* --- names that values may be */

const char st_filter_names_end[] = "";

static const char *names_of_protocols(int i)
{
	static const char *const words[] = {
		"tcp", "udp", "icmp", "icmp6", "raw", "sctp", "mptcp", "udplite", "dccp",
	};
	const int count = sizeof words / sizeof words[0];

	if (i < count)
		return words[i];
	return i < count + 64 ? socktab_family_name(i - count) : st_filter_names_end;
}

static const char *names_of_families(int i)
{
	return i < 64 ? socktab_family_name(i) : st_filter_names_end;
}

static const char *names_of_types(int i)
{
	return i < 16 ? socktab_type_name(i) : st_filter_names_end;
}

static const char *names_of_origins(int i)
{
	return i <= SOCKTAB_ORIGIN_ADOPTED ? socktab_origin_name((enum socktab_origin)i) :
					     st_filter_names_end;
}

static const char *names_of_closers(int i)
{
	if (i == SOCKTAB_CLOSER_NONE)
		return NULL;
	return i <= SOCKTAB_CLOSER_UNSEEN ? socktab_closer_name((enum socktab_closer)i) :
					    st_filter_names_end;
}

static const char *names_of_lives(int i)
{
	static const char *const words[] = { "open", "closed", "exited", "gone", "unknown" };

	return i < 5 ? words[i] : st_filter_names_end;
}

static const char *names_of_errors(int i)
{
#ifdef HAVE_STRERRORNAME_NP
	if (i < 200)
		return i ? strerrorname_np(i) : NULL;
#else
	(void)i;
#endif
	return st_filter_names_end;
}

/* --- the table */

#define ROW(name) offsetof(struct socktab_row, name)
#define PROCESS(name) offsetof(struct socktab_process, name)
#define OPT(name) SOCKTAB_OPT_##name

/* What follows a word, its kind says for all of its words. */
#define WORD(name, alias, kind, get, which, names, flags, help) \
	{ { name, alias, NULL, help }, &st_filter_##kind, get, which, names, flags }

#define ZERO FILTER_ZERO_UNKNOWN
#define MANY FILTER_MANY
#define CLOSED FILTER_CLOSED

static const struct st_filter_word words[] = {
	/* Those of ss. */
	WORD("state", NULL, states, get_state, 0, NULL, 0,
	     "in this state; several, and exclude, make one set"),
	WORD("exclude", "excl", states, get_state, 0, NULL, 0, "not in this state"),
	WORD("src", "local", host_kind, get_address, ROW(local), NULL, 0,
	     "local address: 10.0.0.0/8, [::1], 127.0.0.1:80, /run/*, @abstract"),
	WORD("dst", "peer", host_kind, get_address, ROW(peer), NULL, 0, "the peer's, likewise"),
	WORD("sport", NULL, port, get_port, ROW(local), NULL, 0,
	     "local port, also by the name of its service"),
	WORD("dport", NULL, port, get_port, ROW(peer), NULL, 0, "the peer's port"),
	WORD("autobound", NULL, flag, get_autobound, 0, NULL, 0,
	     "local port or unix name by the kernel's choice, as far as can be guessed"),

	/* Whose it is. */
	WORD("pid", NULL, number, get_u32, ROW(pid), NULL, 0, "process that holds it"),
	WORD("comm", "command", glob, get_process_text, PROCESS(comm), NULL, 0, "its name"),
	WORD("cmdline", NULL, glob, get_process_text, PROCESS(cmdline), NULL, 0,
	     "program and arguments"),
	WORD("uid", "user", user, get_process_u32, PROCESS(uid), NULL, 0,
	     "effective user, number or name"),
	WORD("ppid", NULL, number, get_process_u32, PROCESS(ppid), NULL, ZERO,
	     "the process's parent"),
	WORD("pidns", NULL, number, get_process_u64, PROCESS(pidns), NULL, ZERO,
	     "its pid namespace"),
	WORD("netns", NULL, number, get_process_u64, PROCESS(netns), NULL, ZERO,
	     "its network namespace"),
	WORD("quiet", NULL, flag, get_process_flag, PROCESS(quiet), NULL, 0,
	     "the process installed a seccomp filter"),
	WORD("session", NULL, glob, get_session, 0, NULL, 0, "session that the row is of"),
	WORD("fd", NULL, number, get_u32, ROW(fd), NULL, 0, "the descriptor's number"),
	WORD("tid", NULL, number, get_u32, ROW(tid), NULL, ZERO, "thread that opened it"),
	WORD("origin", NULL, name, get_origin, 0, names_of_origins, 0,
	     "how it came: socket, accept, dup, fork, ..."),
	WORD("parent", NULL, ref, get_ref, ROW(parent), NULL, 0,
	     "descriptor that it came from: the listener, the source of a dup"),
	WORD("pair", NULL, ref, get_ref, ROW(pair), NULL, 0, "the socketpair's other end"),
	WORD("heldby", NULL, ref, get_held_by, 0, NULL, MANY,
	     "a descriptor of the same socket"),
	WORD("holders", NULL, number, get_u32, ROW(holders), NULL, 0,
	     "open descriptors of this socket in the session"),
	WORD("life", NULL, name, get_life, 0, names_of_lives, CLOSED,
	     "open, closed, exited, gone, unknown"),
	WORD("open", NULL, flag, get_flag, ROW(open), NULL, 0, "open in a process that may live"),
	WORD("alive", NULL, flag, get_alive, 0, NULL, 0, "its process lives"),
	WORD("closer", NULL, name, get_closer, 0, names_of_closers, CLOSED,
	     "what closed it: close, dup, exec, ..."),
	WORD("closertid", NULL, number, get_u32, ROW(closer_tid), NULL, ZERO | CLOSED,
	     "thread that closed it"),
	WORD("torn", NULL, flag, get_flag, ROW(torn), NULL, 0, "it changed all the while"),
	WORD("stale", NULL, flag, get_flag, ROW(stale), NULL, 0,
	     "a change of its addresses was lost"),

	/* What it is. */
	WORD("proto", NULL, name, get_proto, 0, names_of_protocols, 0,
	     "tcp, udp, unix, unix-stream, netlink-route, ..."),
	WORD("family", NULL, name, get_family, 0, names_of_families, 0,
	     "inet, inet6, unix, netlink, ..."),
	WORD("type", NULL, name, get_type, 0, names_of_types, 0,
	     "stream, dgram, seqpacket, raw, ..."),
	WORD("protocol", NULL, number, get_u32, ROW(protocol), NULL, 0,
	     "protocol number as given to socket(2)"),
	WORD("cookie", NULL, number, get_u64, ROW(cookie), NULL, ZERO,
	     "the kernel's name of the socket (SO_COOKIE)"),
	WORD("inode", NULL, number, get_inode, 0, NULL, ZERO, "the socket's inode number"),
	WORD("path", NULL, glob, get_path, 0, NULL, MANY, "path or @NAME of either end"),
	WORD("host", NULL, glob, get_host, 0, NULL, MANY, "the peer's host, as text"),
	WORD("groups", NULL, glob, get_group, 0, NULL, MANY, "a multicast group that it joined"),
	WORD("peers", NULL, number, get_peers, 0, NULL, 0,
	     "how many sent to it or were sent to, without a stream"),

	/* What passed. */
	WORD("rx", "rx_bytes", bytes, get_u64, ROW(rx.bytes), NULL, 0, "bytes received"),
	WORD("tx", "tx_bytes", bytes, get_u64, ROW(tx.bytes), NULL, 0, "bytes sent"),
	WORD("rx_calls", NULL, number, get_u64, ROW(rx.calls), NULL, 0, "calls that receive"),
	WORD("tx_calls", NULL, number, get_u64, ROW(tx.calls), NULL, 0, "calls that send"),
	WORD("rx_again", NULL, number, get_u64, ROW(rx.again), NULL, 0,
	     "of these, receiving ones that would have blocked"),
	WORD("tx_again", NULL, number, get_u64, ROW(tx.again), NULL, 0,
	     "of these, sending ones that would have blocked"),
	WORD("rx_errors", NULL, number, get_u64, ROW(rx.errors), NULL, 0,
	     "of these, receiving ones that failed otherwise"),
	WORD("tx_errors", NULL, number, get_u64, ROW(tx.errors), NULL, 0,
	     "of these, sending ones that failed otherwise"),
	WORD("errors", NULL, number, get_errors, 0, NULL, 0, "both together"),
	WORD("errno", NULL, errno, get_errno, 0, names_of_errors, ZERO,
	     "last error, by name (ECONNRESET) or number"),
	WORD("rx_errno", NULL, errno, get_u32, ROW(rx.last_errno), names_of_errors, ZERO,
	     "last error of receiving"),
	WORD("tx_errno", NULL, errno, get_u32, ROW(tx.last_errno), names_of_errors, ZERO,
	     "last error of sending"),
	WORD("connerrno", NULL, errno, get_u32, ROW(connect_errno), names_of_errors, ZERO,
	     "error of the last connect"),
	WORD("passed", NULL, number, get_passed, 0, NULL, 0,
	     "descriptors passed through it (SCM_RIGHTS)"),
	WORD("rx_passed", NULL, number, get_u32, ROW(rx.passed), NULL, 0, "of these, received"),
	WORD("tx_passed", NULL, number, get_u32, ROW(tx.passed), NULL, 0, "of these, sent"),
	WORD("rx_bulk", NULL, bytes, get_u64, ROW(rx.bulk_bytes), NULL, 0,
	     "of the bytes received, by splice"),
	WORD("tx_bulk", NULL, bytes, get_u64, ROW(tx.bulk_bytes), NULL, 0,
	     "of the bytes sent, by sendfile or splice"),
	WORD("zerocopy", NULL, bytes, get_u64, ROW(zerocopy_bytes), NULL, 0,
	     "of the bytes sent, with MSG_ZEROCOPY"),
	WORD("tcp", NULL, presence, get_tcp, 0, NULL, CLOSED,
	     "its TCP_INFO was taken before it was closed"),

	/* When. A moment without a value: it has come. With one: how long ago. */
	WORD("age", NULL, duration, get_age, 0, NULL, 0,
	     "time since it was opened; once closed, how long it was open"),
	WORD("idle", NULL, duration, get_idle, 0, NULL, 0,
	     "time since bytes last moved, or since it was opened"),
	WORD("connect", NULL, duration, get_connect, 0, NULL, 0, "how long the last connect took"),
	WORD("created", NULL, moment, get_moment, ROW(created_ns), NULL, 0, "opened"),
	WORD("bound", NULL, moment, get_moment, ROW(bound_ns), NULL, 0, "bound"),
	WORD("listened", NULL, moment, get_moment, ROW(listen_ns), NULL, 0, "began to listen"),
	WORD("connecting", NULL, moment, get_moment, ROW(connect_ns), NULL, 0,
	     "the last connect was called"),
	WORD("connected", NULL, moment, get_moment, ROW(connected_ns), NULL, 0,
	     "the last connect was seen to end"),
	WORD("rx_first", NULL, moment, get_moment, ROW(rx.first_ns), NULL, 0,
	     "bytes were first received"),
	WORD("rx_last", NULL, moment, get_moment, ROW(rx.last_ns), NULL, 0,
	     "bytes were last received"),
	WORD("tx_first", NULL, moment, get_moment, ROW(tx.first_ns), NULL, 0,
	     "bytes were first sent"),
	WORD("tx_last", NULL, moment, get_moment, ROW(tx.last_ns), NULL, 0, "bytes were last sent"),
	WORD("changed", NULL, moment, get_moment, ROW(changed_ns), NULL, 0,
	     "its state, addresses or options last changed"),
	WORD("shut", NULL, moment, get_moment, ROW(shut_ns), NULL, 0, "shut down"),
	WORD("closed", NULL, moment, get_moment, ROW(closed_ns), NULL, CLOSED, "closed"),

	/* What was set. */
	WORD("backlog", NULL, number, get_listening, ROW(backlog), NULL, 0,
	     "backlog given to listen(2)"),
	WORD("accepted", NULL, number, get_listening, ROW(accepted), NULL, 0,
	     "connections accepted"),
	WORD("nodelay", NULL, flag, get_option, OPT(NODELAY), NULL, 0, "TCP_NODELAY"),
	WORD("keepalive", NULL, flag, get_option, OPT(KEEPALIVE), NULL, 0, "SO_KEEPALIVE"),
	WORD("reuse", NULL, flag, get_option, OPT(REUSEADDR) | OPT(REUSEPORT), NULL, 0,
	     "one of these two:"),
	WORD("reuseaddr", NULL, flag, get_option, OPT(REUSEADDR), NULL, 0, "SO_REUSEADDR"),
	WORD("reuseport", NULL, flag, get_option, OPT(REUSEPORT), NULL, 0, "SO_REUSEPORT"),
	WORD("nonblock", NULL, flag, get_option, OPT(NONBLOCK), NULL, 0, "O_NONBLOCK"),
	WORD("cloexec", NULL, flag, get_option, OPT(CLOEXEC), NULL, 0, "FD_CLOEXEC"),
	WORD("broadcast", NULL, flag, get_option, OPT(BROADCAST), NULL, 0, "SO_BROADCAST"),
	WORD("v6only", NULL, flag, get_option, OPT(V6ONLY), NULL, 0, "IPV6_V6ONLY"),
	WORD("cork", NULL, flag, get_option, OPT(CORK), NULL, 0, "TCP_CORK"),
	WORD("passcred", NULL, flag, get_option, OPT(PASSCRED), NULL, 0, "SO_PASSCRED"),
	WORD("async", NULL, flag, get_option, OPT(ASYNC), NULL, 0, "O_ASYNC"),
	WORD("linger", NULL, duration, get_linger, 0, NULL, 0, "SO_LINGER, when it is on"),
	WORD("sndbuf", NULL, bytes, get_u32, ROW(sndbuf), NULL, ZERO, "SO_SNDBUF"),
	WORD("rcvbuf", NULL, bytes, get_u32, ROW(rcvbuf), NULL, ZERO, "SO_RCVBUF"),
	WORD("sndtimeo", NULL, duration, get_milliseconds, ROW(sndtimeo_ms), NULL, ZERO,
	     "SO_SNDTIMEO"),
	WORD("rcvtimeo", NULL, duration, get_milliseconds, ROW(rcvtimeo_ms), NULL, ZERO,
	     "SO_RCVTIMEO"),
};

#define WORDS (sizeof words / sizeof words[0])

/* ss's own that only the kernel could answer: without a get, and in no list. */
static const struct st_filter_word of_the_kernel = { .shown = { .name = "dev" } };
static const char *const kernel_words[] = { "dev", "fwmark", "cgroup" };

static bool same_name(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, "_");
		b += strspn(b, "_");
		if (!*a || !*b)
			return *a == *b;
		if (strncasecmp(a, b, 1))
			return false;
	}
}

const struct st_filter_word *st_filter_word_find(const char *name, const char **nearest)
{
	struct nearest near = { .word = name };

	for (size_t i = 0; i < WORDS; i++)
		if (same_name(words[i].shown.name, name) ||
		    (words[i].shown.alias && same_name(words[i].shown.alias, name)))
			return &words[i];
	for (size_t i = 0; i < sizeof kernel_words / sizeof kernel_words[0]; i++)
		if (same_name(kernel_words[i], name))
			return &of_the_kernel;
	for (size_t i = 0; i < WORDS; i++) {
		nearest_try(&near, words[i].shown.name);
		if (words[i].shown.alias)
			nearest_try(&near, words[i].shown.alias);
	}
	*nearest = near.best;
	return NULL;
}

bool socktab_filter_word(size_t i, struct socktab_filter_word *shown)
{
	if (i >= WORDS)
		return false;
	*shown = words[i].shown;
	shown->value = words[i].kind->value;
	return true;
}
