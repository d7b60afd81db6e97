/* SPDX-License-Identifier: MIT
 *
 * Here is the table of columns of a descriptor's row: a new one is an entry at the end of this
 * file, and a function when no other serves it. One table, so it is longer than our other files.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "column.h"

#define FIELD(name) offsetof(struct socktab_row, name)
#define ARGS const struct column *column, const struct subject *s, struct value *v

static const void *field(const struct column *column, const struct subject *s)
{
	return (const char *)s->row + column->which;
}

/* --- one function for many columns: `which` is the field */

static void get_u32(ARGS)
{
	v->known = true;
	v->number = *(const uint32_t *)field(column, s);
}

static void get_u64(ARGS)
{
	v->known = true;
	v->number = *(const uint64_t *)field(column, s);
}

static void get_u32_unless_0(ARGS)
{
	get_u32(column, s, v);
	v->known = v->number != 0;
}

static void get_u64_unless_0(ARGS)
{
	get_u64(column, s, v);
	v->known = v->number != 0;
}

static void get_counters(ARGS)
{
	v->known = true;
	v->counters = field(column, s);
}

static void get_address(ARGS)
{
	v->address = field(column, s);
	v->known = v->address->len != 0;
}

static void get_time(ARGS)
{
	int64_t at = *(const int64_t *)field(column, s);

	v->known = at != 0;
	v->ns = at ? socktab_wall_ns(s->table, at) : 0;
}

static void get_timeout(ARGS)
{
	get_u32_unless_0(column, s, v);
	v->ns = (int64_t)v->number * 1000000;
}

/* `which` is the bit. */
static void get_option(ARGS)
{
	v->known = s->row->options_known & column->which;
	v->yes = s->row->options & column->which;
}

static void set_ref(const struct subject *s, struct value *v, uint64_t id)
{
	const struct socktab_row *row = id ? socktab_row_by_id(s->table, id) : NULL;

	v->known = row != NULL;
	if (row)
		v->ref = (struct pid_fd){ row->pid, row->fd };
}

static void set_word(struct value *v, const char *word)
{
	v->known = true;
	v->string = word;
}

/* A name, or the number where there is none. */
static void set_name(struct value *v, const char *name, int number)
{
	snprintf(v->room, sizeof(v->room), "%d", number);
	set_word(v, name ? name : v->room);
}

static void get_ref(ARGS)
{
	set_ref(s, v, *(const uint64_t *)field(column, s));
}

/* --- one function for one column */

static void get_session(ARGS)
{
	(void)column;
	set_word(v, socktab_session(s->table)->name);
}

static void get_command(ARGS)
{
	(void)column;
	set_word(v, s->process ? s->process->comm : "");
	v->known = s->process != NULL;
}

static void get_proto(ARGS)
{
	(void)column;
	socktab_proto_text(s->row, v->room, sizeof(v->room));
	set_word(v, v->room);
}

static void get_family(ARGS)
{
	(void)column;
	set_name(v, socktab_family_name(s->row->family), s->row->family);
}

static void get_type(ARGS)
{
	(void)column;
	set_name(v, socktab_type_name(s->row->type), s->row->type);
}

static void get_origin(ARGS)
{
	(void)column;
	set_word(v, socktab_origin_name(s->row->origin));
}

static void get_state(ARGS)
{
	(void)column;
	set_word(v, socktab_state_name(s->row->state));
}

static void get_life(ARGS)
{
	(void)column;
	set_word(v, socktab_row_life_name(s->row));
}

static void get_alive(ARGS)
{
	(void)column;
	v->known = s->row->life != SOCKTAB_UNKNOWN;
	v->yes = s->row->life == SOCKTAB_ALIVE;
}

static void get_flag(ARGS)
{
	v->known = true;
	v->yes = *(const bool *)field(column, s);
}

static void get_closer(ARGS)
{
	(void)column;
	set_word(v, socktab_closer_name(s->row->closer));
	v->known = s->row->closer != SOCKTAB_CLOSER_NONE;
}

static void get_inode(ARGS)
{
	(void)column;
	v->number = socktab_row_inode(s->row);
	v->known = v->number != 0;
}

static void get_held_by(ARGS)
{
	(void)column;
	v->known = s->row->cookie != 0 && s->row->holders > 0;
	v->subject = *s;
}

static bool without_stream(const struct socktab_row *row)
{
	return row->type != SOCK_STREAM;
}

static void get_peers(ARGS)
{
	(void)column;
	v->known = without_stream(s->row);
	v->row = s->row;
}

static void get_groups(ARGS)
{
	(void)column;
	v->known = without_stream(s->row) && (s->row->group_count || s->row->groups_lost);
	v->row = s->row;
}

static void get_errors(ARGS)
{
	(void)column;
	v->known = true;
	v->number = s->row->rx.errors + s->row->tx.errors;
}

static void get_errno(ARGS)
{
	(void)column;
	v->number = (uint64_t)socktab_row_errno(s->row);
	v->known = v->number != 0;
}

static void get_passed(ARGS)
{
	(void)column;
	v->known = true;
	v->number = (uint64_t)s->row->rx.passed + s->row->tx.passed;
}

static void set_duration(struct value *v, int64_t ns)
{
	v->known = ns >= 0;
	v->ns = ns;
}

static void get_age(ARGS)
{
	(void)column;
	set_duration(v, socktab_row_age_ns(s->table, s->row));
}

static void get_idle(ARGS)
{
	(void)column;
	set_duration(v, socktab_row_idle_ns(s->table, s->row));
}

static void get_connect(ARGS)
{
	(void)column;
	set_duration(v, socktab_row_connect_ns(s->row));
}

/* What only a socket that listens, or did, has. */
static void get_listening(ARGS)
{
	get_u32(column, s, v);
	v->known = s->row->listen_ns != 0;
}

static void get_reuse(ARGS)
{
	const unsigned int both = SOCKTAB_OPT_REUSEADDR | SOCKTAB_OPT_REUSEPORT;

	(void)column;
	v->known = s->row->options_known & both;
	v->number = s->row->options & both;
}

static void get_linger(ARGS)
{
	(void)column;
	v->known = s->row->options & s->row->options_known & SOCKTAB_OPT_LINGER;
	v->ns = (int64_t)s->row->linger_s * 1000000000;
}

static void get_tcp(ARGS)
{
	(void)column;
	v->known = s->row->tcp.state != 0;
	v->row = s->row;
}

static const char *state_color(const struct subject *s)
{
	if (!s->row->open)
		return "\033[2m";
	switch (s->row->state) {
	case SOCKTAB_STATE_ESTAB: return "\033[32m";
	case SOCKTAB_STATE_LISTEN: return "\033[36m";
	case SOCKTAB_STATE_SYN_SENT: return "\033[33m";
	case SOCKTAB_STATE_FAILED: return "\033[31m";
	default: return NULL;
	}
}

static const char *errors_color(const struct subject *s)
{
	return s->row->rx.errors + s->row->tx.errors ? "\033[31m" : NULL;
}

#define DEFAULT COLUMN_DEFAULT
#define DETAIL COLUMN_DETAIL
#define OPT(name) SOCKTAB_OPT_##name

static const struct column columns[] = {
	{ "PID", &number_kind, get_u32, FIELD(pid), DEFAULT, CUT_NEVER,
	  "process that holds the descriptor", "descriptor", NULL },
	{ "COMMAND", &word_kind, get_command, 0, DEFAULT, CUT_END,
	  "its name", "descriptor", NULL },
	{ "FD", &number_kind, get_u32, FIELD(fd), DEFAULT, CUT_NEVER,
	  "the descriptor's number", "descriptor", NULL },
	{ "PROTO", &word_kind, get_proto, 0, DEFAULT, CUT_END,
	  "protocol: tcp, udp, unix-stream, netlink-route, ...", "socket", NULL },
	{ "STATE", &word_kind, get_state, 0, DEFAULT, CUT_NEVER,
	  "state as ss spells it: ESTAB, LISTEN, UNCONN, SYN-SENT, CLOSED, ...", "descriptor",
	  state_color },
	{ "LOCAL", &address_kind, get_address, FIELD(local), DEFAULT, CUT_FRONT,
	  "local address", "addresses", NULL },
	{ "PEER", &address_kind, get_address, FIELD(peer), DEFAULT, CUT_FRONT,
	  "peer's address", "addresses", NULL },
	{ "RX", &counters_kind, get_counters, FIELD(rx), DEFAULT, CUT_NEVER,
	  "bytes received", "traffic", NULL },
	{ "TX", &counters_kind, get_counters, FIELD(tx), DEFAULT, CUT_NEVER,
	  "bytes sent", "traffic", NULL },
	{ "AGE", &duration_kind, get_age, 0, DEFAULT, CUT_NEVER,
	  "time since it was opened; once closed, how long it was open", "times", NULL },

	{ "SESSION", &word_kind, get_session, 0, 0, CUT_NEVER,
	  "session that the row is of", "descriptor", NULL },
	{ "TID", &number_kind, get_u32_unless_0, FIELD(tid), 0, CUT_NEVER,
	  "thread that opened it", "descriptor", NULL },
	{ "ORIGIN", &word_kind, get_origin, 0, 0, CUT_NEVER,
	  "how it came: socket, accept, dup, fork, exec, scm, inherited, adopted", "descriptor", NULL },
	{ "PARENT", &ref_kind, get_ref, FIELD(parent), 0, CUT_NEVER,
	  "PID:FD that it came from: the listener, the source of a dup", "descriptor", NULL },
	{ "LIFE", &word_kind, get_life, 0, 0, CUT_NEVER,
	  "open, closed; exited, gone: open when its process exited, was killed", "descriptor",
	  NULL },
	{ "OPEN", &flag_kind, get_flag, FIELD(open), 0, CUT_NEVER,
	  "whether it is open in a process that lives or may live", "descriptor", NULL },
	{ "ALIVE", &flag_kind, get_alive, 0, 0, CUT_NEVER,
	  "whether its process lives", "descriptor", NULL },
	{ "CLOSER", &word_kind, get_closer, 0, 0, CUT_NEVER,
	  "what closed it: close, dup, range, stdio, exec, other, unseen", "descriptor", NULL },
	{ "CLOSERTID", &number_kind, get_u32_unless_0, FIELD(closer_tid), DETAIL, CUT_NEVER,
	  "thread that closed it", "descriptor", NULL },
	{ "TORN", &flag_kind, get_flag, FIELD(torn), 0, CUT_NEVER,
	  "whether it changed all the while: addresses may be mixed", "descriptor", NULL },
	{ "STALE", &flag_kind, get_flag, FIELD(stale), 0, CUT_NEVER,
	  "whether a change of its addresses was lost", "descriptor", NULL },

	{ "FAMILY", &word_kind, get_family, 0, 0, CUT_NEVER,
	  "address family: inet, inet6, unix, netlink, ...", "socket", NULL },
	{ "TYPE", &word_kind, get_type, 0, 0, CUT_NEVER,
	  "type: stream, dgram, seqpacket, raw, ...", "socket", NULL },
	{ "PROTOCOL", &number_kind, get_u32, FIELD(protocol), DETAIL, CUT_NEVER,
	  "protocol number as given to socket(2)", "socket", NULL },
	{ "COOKIE", &number_kind, get_u64_unless_0, FIELD(cookie), 0, CUT_NEVER,
	  "the kernel's name of the socket (SO_COOKIE)", "socket", NULL },
	{ "INODE", &number_kind, get_inode, 0, 0, CUT_NEVER,
	  "the socket's inode number", "socket", NULL },
	{ "HOLDERS", &number_kind, get_u32, FIELD(holders), 0, CUT_NEVER,
	  "open descriptors of this socket in the session", "socket", NULL },
	{ "HELDBY", &holders_kind, get_held_by, 0, DETAIL, CUT_NEVER,
	  "these descriptors", "socket", NULL },
	{ "PAIR", &ref_kind, get_ref, FIELD(pair), DETAIL, CUT_NEVER,
	  "PID:FD of the socketpair's other end", "socket", NULL },

	{ "PEERS", &peers_kind, get_peers, 0, 0, CUT_NEVER,
	  "how many peers sent to it or were sent to, without a stream", "addresses", NULL },
	{ "GROUPS", &groups_kind, get_groups, 0, 0, CUT_END,
	  "multicast groups that it joined", "addresses", NULL },

	{ "RXCALLS", &number_kind, get_u64, FIELD(rx.calls), 0, CUT_NEVER,
	  "calls that receive", "traffic", NULL },
	{ "TXCALLS", &number_kind, get_u64, FIELD(tx.calls), 0, CUT_NEVER,
	  "calls that send", "traffic", NULL },
	{ "RXAGAIN", &number_kind, get_u64, FIELD(rx.again), 0, CUT_NEVER,
	  "of these, receiving ones that would have blocked", "traffic", NULL },
	{ "TXAGAIN", &number_kind, get_u64, FIELD(tx.again), 0, CUT_NEVER,
	  "of these, sending ones that would have blocked", "traffic", NULL },
	{ "ERRORS", &number_kind, get_errors, 0, 0, CUT_NEVER,
	  "of these, those that failed otherwise", "traffic", errors_color },
	{ "ERRNO", &errno_kind, get_errno, 0, 0, CUT_NEVER,
	  "last error: of a failed connect, of sending, of receiving", "traffic", NULL },
	{ "RXERRNO", &errno_kind, get_u32_unless_0, FIELD(rx.last_errno), DETAIL, CUT_NEVER,
	  "last error of receiving", "traffic", NULL },
	{ "TXERRNO", &errno_kind, get_u32_unless_0, FIELD(tx.last_errno), DETAIL, CUT_NEVER,
	  "last error of sending", "traffic", NULL },
	{ "CONNERRNO", &errno_kind, get_u32_unless_0, FIELD(connect_errno), DETAIL, CUT_NEVER,
	  "error of the last connect", "traffic", NULL },
	{ "PASSED", &number_kind, get_passed, 0, 0, CUT_NEVER,
	  "descriptors passed through it (SCM_RIGHTS)", "traffic", NULL },
	{ "RXPASSED", &number_kind, get_u32, FIELD(rx.passed), DETAIL, CUT_NEVER,
	  "of these, received", "traffic", NULL },
	{ "TXPASSED", &number_kind, get_u32, FIELD(tx.passed), DETAIL, CUT_NEVER,
	  "of these, sent", "traffic", NULL },
	{ "RXBULK", &bytes_kind, get_u64, FIELD(rx.bulk_bytes), DETAIL, CUT_NEVER,
	  "of the bytes received, by splice", "traffic", NULL },
	{ "TXBULK", &bytes_kind, get_u64, FIELD(tx.bulk_bytes), DETAIL, CUT_NEVER,
	  "of the bytes sent, by sendfile or splice", "traffic", NULL },
	{ "ZEROCOPY", &bytes_kind, get_u64, FIELD(zerocopy_bytes), DETAIL, CUT_NEVER,
	  "of the bytes sent, with MSG_ZEROCOPY", "traffic", NULL },

	{ "IDLE", &duration_kind, get_idle, 0, 0, CUT_NEVER,
	  "time since bytes last moved, or since it was opened", "times", NULL },
	{ "CONNECT", &duration_kind, get_connect, 0, 0, CUT_NEVER,
	  "how long the last connect took, until its result was seen", "times", NULL },
	{ "CREATED", &time_kind, get_time, FIELD(created_ns), 0, CUT_NEVER,
	  "when it was opened", "times", NULL },
	{ "BOUND", &time_kind, get_time, FIELD(bound_ns), DETAIL, CUT_NEVER,
	  "when it was bound", "times", NULL },
	{ "LISTENED", &time_kind, get_time, FIELD(listen_ns), DETAIL, CUT_NEVER,
	  "when it began to listen", "times", NULL },
	{ "CONNECTING", &time_kind, get_time, FIELD(connect_ns), DETAIL, CUT_NEVER,
	  "when the last connect was called", "times", NULL },
	{ "CONNECTED", &time_kind, get_time, FIELD(connected_ns), DETAIL, CUT_NEVER,
	  "when the last connect was seen to end", "times", NULL },
	{ "RXFIRST", &time_kind, get_time, FIELD(rx.first_ns), DETAIL, CUT_NEVER,
	  "when bytes were first received", "times", NULL },
	{ "RXLAST", &time_kind, get_time, FIELD(rx.last_ns), DETAIL, CUT_NEVER,
	  "when bytes were last received", "times", NULL },
	{ "TXFIRST", &time_kind, get_time, FIELD(tx.first_ns), DETAIL, CUT_NEVER,
	  "when bytes were first sent", "times", NULL },
	{ "TXLAST", &time_kind, get_time, FIELD(tx.last_ns), DETAIL, CUT_NEVER,
	  "when bytes were last sent", "times", NULL },
	{ "CHANGED", &time_kind, get_time, FIELD(changed_ns), DETAIL, CUT_NEVER,
	  "when its state, addresses or options last changed", "times", NULL },
	{ "SHUT", &time_kind, get_time, FIELD(shut_ns), DETAIL, CUT_NEVER,
	  "when it was shut down", "times", NULL },
	{ "CLOSED", &time_kind, get_time, FIELD(closed_ns), 0, CUT_NEVER,
	  "when it was closed", "times", NULL },

	{ "BACKLOG", &number_kind, get_listening, FIELD(backlog), 0, CUT_NEVER,
	  "backlog given to listen(2)", "options", NULL },
	{ "ACCEPTED", &number_kind, get_listening, FIELD(accepted), 0, CUT_NEVER,
	  "connections accepted", "options", NULL },
	{ "NODELAY", &flag_kind, get_option, OPT(NODELAY), 0, CUT_NEVER,
	  "TCP_NODELAY", "options", NULL },
	{ "KEEPALIVE", &flag_kind, get_option, OPT(KEEPALIVE), 0, CUT_NEVER,
	  "SO_KEEPALIVE", "options", NULL },
	{ "REUSE", &reuse_kind, get_reuse, 0, 0, CUT_NEVER,
	  "SO_REUSEADDR, SO_REUSEPORT", "options", NULL },
	{ "NONBLOCK", &flag_kind, get_option, OPT(NONBLOCK), 0, CUT_NEVER,
	  "O_NONBLOCK", "options", NULL },
	{ "CLOEXEC", &flag_kind, get_option, OPT(CLOEXEC), 0, CUT_NEVER,
	  "FD_CLOEXEC", "options", NULL },
	{ "LINGER", &duration_kind, get_linger, 0, 0, CUT_NEVER,
	  "SO_LINGER, when it is on", "options", NULL },
	{ "SNDBUF", &bytes_kind, get_u32_unless_0, FIELD(sndbuf), 0, CUT_NEVER,
	  "SO_SNDBUF, when it was set or asked for", "options", NULL },
	{ "RCVBUF", &bytes_kind, get_u32_unless_0, FIELD(rcvbuf), 0, CUT_NEVER,
	  "SO_RCVBUF, when it was set or asked for", "options", NULL },
	{ "SNDTIMEO", &duration_kind, get_timeout, FIELD(sndtimeo_ms), DETAIL, CUT_NEVER,
	  "SO_SNDTIMEO", "options", NULL },
	{ "RCVTIMEO", &duration_kind, get_timeout, FIELD(rcvtimeo_ms), DETAIL, CUT_NEVER,
	  "SO_RCVTIMEO", "options", NULL },
	{ "BROADCAST", &flag_kind, get_option, OPT(BROADCAST), DETAIL, CUT_NEVER,
	  "SO_BROADCAST", "options", NULL },
	{ "V6ONLY", &flag_kind, get_option, OPT(V6ONLY), DETAIL, CUT_NEVER,
	  "IPV6_V6ONLY", "options", NULL },
	{ "CORK", &flag_kind, get_option, OPT(CORK), DETAIL, CUT_NEVER,
	  "TCP_CORK", "options", NULL },
	{ "PASSCRED", &flag_kind, get_option, OPT(PASSCRED), DETAIL, CUT_NEVER,
	  "SO_PASSCRED", "options", NULL },
	{ "ASYNC", &flag_kind, get_option, OPT(ASYNC), DETAIL, CUT_NEVER,
	  "O_ASYNC", "options", NULL },

	{ "TCP", &tcp_kind, get_tcp, 0, DETAIL, CUT_END,
	  "TCP_INFO just before it was closed", "kernel", NULL },
};

const struct column_table row_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
