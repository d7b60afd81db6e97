/* SPDX-License-Identifier: MIT
 *
 * What a row must say.
 */
#include <check.h>
#include <inttypes.h>
#include <netinet/in.h>

#include "agree.h"
#include "expect.h"

/* The coarse clock of the counters may lag behind the exact one of all other times. */
enum { COARSE_NS = 20000000 };

struct comparison {
	const struct socktab_row *row;
	const struct expected *expected;
	struct complaints complaints;
};

static void same(struct comparison *c, const char *field, uint64_t row, uint64_t expected)
{
	if (row != expected)
		complain(&c->complaints, "%s is %" PRIu64 ", expected %" PRIu64, field, row,
			 expected);
}

static void same_word(struct comparison *c, const char *field, const char *row,
		      const char *expected)
{
	if (row != expected)
		complain(&c->complaints, "%s is %s, expected %s", field, row, expected);
}

static void compare_identity(struct comparison *c)
{
	const struct socktab_row *row = c->row;
	const struct expected *e = c->expected;

	same(c, "family", (uint64_t)row->family, (uint64_t)(e->family ? e->family : AF_INET));
	same(c, "type", (uint64_t)row->type, (uint64_t)(e->type ? e->type : SOCK_STREAM));
	if (e->origin == SOCKTAB_ORIGIN_UNKNOWN || e->protocol)
		same(c, "protocol", (uint64_t)row->protocol, (uint64_t)e->protocol);
	same_word(c, "origin", socktab_origin_name(row->origin),
		  socktab_origin_name(e->origin ? e->origin : SOCKTAB_ORIGIN_SOCKET));
	same(c, "parent", row->parent, e->parent);
	same(c, "pair", row->pair, e->pair);
	if (e->other_thread == (row->tid == row->pid))
		complain(&c->complaints, "tid is %d of process %d", row->tid, row->pid);
	if ((!row->cookie && row->protocol != IPPROTO_MPTCP) || !row->id || !row->process)
		complain(&c->complaints, "cookie %" PRIu64 ", id %" PRIx64 ", process %" PRIx64,
			 row->cookie, row->id, row->process);
}

static void compare_state(struct comparison *c)
{
	const struct socktab_row *row = c->row;
	const struct expected *e = c->expected;
	enum socktab_state state = e->closer ? SOCKTAB_STATE_CLOSED : e->state;
	uint32_t holders = e->holders ? e->holders : !e->closer;

	same_word(c, "state", socktab_state_name(row->state), socktab_state_name(state));
	same_word(c, "closer", socktab_closer_name(row->closer), socktab_closer_name(e->closer));
	same(c, "closed", row->closed, e->closer != SOCKTAB_CLOSER_NONE);
	same(c, "holders", row->holders, holders);
	same(c, "connect_errno", (uint64_t)row->connect_errno, (uint64_t)e->connect_errno);
	same(c, "backlog", row->backlog, e->backlog);
	same(c, "accepted", row->accepted, e->accepted);
	same(c, "peers", row->peers, e->peers);
	same(c, "groups", row->group_count, e->groups);
	same(c, "groups_lost", row->groups_lost, 0);
}

static void compare_options(struct comparison *c)
{
	const struct socktab_row *row = c->row;
	const struct expected *e = c->expected;

	if (row->options != e->options || (row->options_known & e->options) != e->options)
		complain(&c->complaints, "options are %#x, known %#x, expected %#x", row->options,
			 row->options_known, e->options);
	same(c, "sndtimeo_ms", row->sndtimeo_ms, e->sndtimeo_ms);
	same(c, "rcvtimeo_ms", row->rcvtimeo_ms, e->rcvtimeo_ms);
	same(c, "linger_s", row->linger_s, e->linger_s);
	if (e->buffers && (!row->sndbuf || !row->rcvbuf))
		complain(&c->complaints, "sndbuf is %u, rcvbuf is %u", row->sndbuf, row->rcvbuf);
}

static void compare_traffic(struct comparison *c, const char *way,
			    const struct socktab_counters *row, const struct traffic *e)
{
	if (row->bytes == e->bytes && row->calls == e->calls && row->again == e->again
	    && row->errors == e->errors && row->last_errno == e->error
	    && row->passed == e->passed && row->bulk_bytes == e->bulk
	    && !row->first_ns == !e->bytes && row->last_ns + COARSE_NS >= row->first_ns)
		return;
	complain(&c->complaints,
		 "%s: bytes calls again errors errno passed bulk are"
		 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %d %u %" PRIu64 ", expected"
		 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %d %u %" PRIu64
		 "; first %" PRId64 " last %" PRId64, way,
		 row->bytes, row->calls, row->again, row->errors, row->last_errno, row->passed,
		 row->bulk_bytes, e->bytes, e->calls, e->again, e->errors, e->error, e->passed,
		 e->bulk, row->first_ns, row->last_ns);
}

static bool is_new(const struct expected *e)
{
	return e->origin == SOCKTAB_ORIGIN_UNKNOWN || e->origin == SOCKTAB_ORIGIN_SOCKET;
}

/* A time is set or not, and within the life of the row. */
static void compare_time(struct comparison *c, const char *field, int64_t time, unsigned bit,
			 int64_t now)
{
	const struct socktab_row *row = c->row;

	if ((c->expected->times & bit) && !time)
		complain(&c->complaints, "%s is not set", field);
	if (!(c->expected->times & bit) && time && is_new(c->expected))
		complain(&c->complaints, "%s is set", field);
	if (time && ((is_new(c->expected) && time < row->created_ns) || time > now))
		complain(&c->complaints, "%s is %" PRId64 ", created %" PRId64 ", now %" PRId64,
			 field, time, row->created_ns, now);
}

static void compare_times(struct comparison *c, int64_t now)
{
	const struct socktab_row *row = c->row;
	unsigned times = c->expected->times;

	/* connect may tell of the address that the kernel chose, or not */
	if ((times & BOUND) || !(times & CONNECT))
		compare_time(c, "bound_ns", row->bound_ns, BOUND, now);
	compare_time(c, "listen_ns", row->listen_ns, LISTENED, now);
	compare_time(c, "connect_ns", row->connect_ns, CONNECT, now);
	compare_time(c, "connected_ns", row->connected_ns, CONNECTED, now);
	compare_time(c, "shut_ns", row->shut_ns, SHUT, now);
	/* what a copy knows is as old as what it was copied from */
	if (!row->created_ns || !row->changed_ns || row->changed_ns > now
	    || (is_new(c->expected) && row->changed_ns < row->created_ns))
		complain(&c->complaints, "created %" PRId64 ", changed %" PRId64, row->created_ns,
			 row->changed_ns);
	if (!row->closed_ns != !c->expected->closer
	    || (row->closed_ns && row->closed_ns < row->created_ns))
		complain(&c->complaints, "closed_ns is %" PRId64, row->closed_ns);
	if (row->connected_ns && row->connected_ns < row->connect_ns)
		complain(&c->complaints, "connected before connect");
	if (row->rx.last_ns > now + COARSE_NS || row->tx.last_ns > now + COARSE_NS)
		complain(&c->complaints, "traffic of tomorrow");
}

static const struct socktab_row *last_closed(const struct socktab *table, pid_t pid, int fd)
{
	const struct socktab_row *last = NULL;

	for (size_t i = 0; i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);

		if (row->pid == pid && row->fd == fd && row->closed
		    && (!last || row->closed_ns >= last->closed_ns))
			last = row;
	}
	return last;
}

const struct socktab_row *expect_row(const struct run *run, pid_t pid, int fd,
				     const struct expected *expected)
{
	struct comparison c = { .expected = expected };
	int64_t now = socktab_now_ns(run->table);

	c.row = expected->closer ? last_closed(run->table, pid, fd)
				 : open_row(run->table, pid, fd);
	ck_assert_msg(c.row, "%s at \"%s\": descriptor %d:%d has no %s row", run->launch.program,
		      run->line, pid, fd, expected->closer ? "closed" : "open");
	compare_identity(&c);
	compare_state(&c);
	compare_options(&c);
	compare_traffic(&c, "rx", &c.row->rx, &expected->rx);
	compare_traffic(&c, "tx", &c.row->tx, &expected->tx);
	same(&c, "zerocopy_bytes", c.row->zerocopy_bytes, expected->zerocopy);
	compare_times(&c, now);
	if (c.complaints.used)
		ck_abort_msg("%s at \"%s\": row %d:%d:\n%s", run->launch.program, run->line, pid,
			     fd, c.complaints.text);
	return c.row;
}

const struct socktab_row *row_of(const struct run *run, pid_t pid, int fd)
{
	const struct socktab_row *row = open_row(run->table, pid, fd);

	ck_assert_msg(row, "%s at \"%s\": no row %d:%d", run->launch.program, run->line, pid, fd);
	return row;
}

const struct socktab_row *row_at(const struct run *run, int i)
{
	return row_of(run, run->pid, number(run, i));
}

void expect_none(const struct run *run, pid_t pid, int fd)
{
	const struct socktab_row *row = open_row(run->table, pid, fd);

	if (row)
		ck_abort_msg("%s at \"%s\": row %d:%d is open, origin %s", run->launch.program,
			     run->line, pid, fd, socktab_origin_name(row->origin));
}

size_t closed_rows(const struct run *run, pid_t pid, int fd)
{
	size_t count = 0;

	for (size_t i = 0; i < socktab_row_count(run->table); i++) {
		const struct socktab_row *row = socktab_row(run->table, i);

		count += row->pid == pid && row->fd == fd && row->closed;
	}
	return count;
}

const struct socktab_process *process_of(const struct run *run, pid_t pid)
{
	for (size_t i = 0; i < socktab_process_count(run->table); i++)
		if (socktab_process(run->table, i)->pid == pid)
			return socktab_process(run->table, i);
	ck_abort_msg("%s at \"%s\": no process %d", run->launch.program, run->line, pid);
}
