/* SPDX-License-Identifier: MIT
 *
 * Here we turn the bytes of a row into a struct socktab_row, believing no value's range.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

#define OPTIONS_KNOWN 0xfffu	/* the bits of abi.h are those of socktab.h */

static int64_t moment(uint64_t ns)
{
	return ns > INT64_MAX ? 0 : (int64_t)ns;
}

static int errno_of(int64_t value)
{
	return value < 0 || value > 4095 ? 0 : (int)value;
}

static enum socktab_state state_of(uint8_t state)
{
	static const uint8_t states[] = {
		[ST_STATE_UNKNOWN] = SOCKTAB_STATE_UNKNOWN,
		[ST_STATE_UNCONN] = SOCKTAB_STATE_UNCONN,
		[ST_STATE_BOUND] = SOCKTAB_STATE_UNCONN,
		[ST_STATE_LISTEN] = SOCKTAB_STATE_LISTEN,
		[ST_STATE_CONNECTING] = SOCKTAB_STATE_SYN_SENT,
		[ST_STATE_ESTAB] = SOCKTAB_STATE_ESTAB,
		[ST_STATE_SHUT_RD] = SOCKTAB_STATE_SHUT_RD,
		[ST_STATE_SHUT_WR] = SOCKTAB_STATE_SHUT_WR,
		[ST_STATE_SHUT] = SOCKTAB_STATE_SHUT,
		[ST_STATE_FAILED] = SOCKTAB_STATE_FAILED,
	};

	return state < sizeof states ? states[state] : SOCKTAB_STATE_UNKNOWN;
}

/* These two have the same order in both headers. */
_Static_assert((int)ST_ORIGIN_ADOPTED == (int)SOCKTAB_ORIGIN_ADOPTED, "origins");
_Static_assert((int)ST_CLOSER_UNSEEN == (int)SOCKTAB_CLOSER_UNSEEN, "closers");

static enum socktab_origin origin_of(uint8_t origin)
{
	return origin <= ST_ORIGIN_ADOPTED ? (enum socktab_origin)origin :
					     SOCKTAB_ORIGIN_UNKNOWN;
}

static enum socktab_closer closer_of(uint8_t closer)
{
	return closer <= ST_CLOSER_UNSEEN ? (enum socktab_closer)closer : SOCKTAB_CLOSER_OTHER;
}

/* What is constant until the place is taken for another descriptor. */
static void decode_identity(struct socktab_row *row, const struct st_row *raw)
{
	row->fd = raw->fd;
	row->tid = raw->tid;
	row->family = raw->family;
	row->type = raw->type;
	row->protocol = (int)raw->protocol;
	row->origin = origin_of(raw->origin);
	row->cookie = raw->cookie;
	row->inode = raw->inode;
	row->parent = raw->parent;
	row->pair = raw->pair;
}

static void decode_life(struct socktab_row *row, const struct st_row *raw,
			const struct socktab_process *process)
{
	bool may_live = process->life == SOCKTAB_ALIVE || process->life == SOCKTAB_UNKNOWN;

	row->process = process->id;
	row->pid = process->pid;
	row->life = process->life;
	row->closed = ST_LIFE_STATE(raw->life) == ST_CLOSED;
	row->open = !row->closed && may_live;
	row->state = state_of(raw->state);
	row->closer = closer_of(raw->closer);
	row->closer_tid = raw->closer_tid;
	row->stale = raw->flags & ST_ROW_STALE;
}

static void take_cell(struct socktab_row *row, struct socktab_address *address,
		      const struct st_row *raw, uint32_t reference)
{
	const struct st_address *cell;

	if (reference == 0)
		return;
	if (reference > ST_CELLS) {
		row->torn = true;
		return;
	}
	cell = &raw->address[reference - 1];
	st_address_take(address, cell->bytes, cell->len, sizeof cell->bytes);
}

static void decode_times(struct socktab_row *row, const struct st_row *raw)
{
	row->created_ns = moment(raw->created_ns);
	row->changed_ns = moment(raw->changed_ns);
	row->state_ns = moment(raw->state_ns);
	row->bound_ns = moment(raw->bound_ns);
	row->listen_ns = moment(raw->listen_ns);
	row->connect_ns = moment(raw->connect_ns);
	row->connected_ns = moment(raw->connected_ns);
	row->shut_ns = moment(raw->shut_ns);
	row->closed_ns = moment(raw->closed_ns);
}

static void decode_options(struct socktab_row *row, const struct st_row *raw)
{
	row->options_known = raw->options_known & OPTIONS_KNOWN;
	row->options = raw->options & row->options_known;
	row->sndbuf = raw->sndbuf;
	row->rcvbuf = raw->rcvbuf;
	row->sndtimeo_ms = raw->sndtimeo_ms;
	row->rcvtimeo_ms = raw->rcvtimeo_ms;
	row->linger_s = raw->linger_s;
	row->backlog = raw->backlog;
	row->accepted = raw->accepted;
	row->connect_errno = errno_of(raw->connect_errno);
	row->zerocopy_bytes = raw->zerocopy_bytes;
}

/* The last is told by a coarser clock than the first, and must not come before it. */
static struct socktab_counters counters_of(const struct st_counters *raw)
{
	uint64_t last = raw->last_ns < raw->first_ns ? raw->first_ns : raw->last_ns;

	return (struct socktab_counters) {
		.bytes = raw->bytes, .calls = raw->calls, .again = raw->again,
		.errors = raw->errors, .last_errno = errno_of(raw->last_errno),
		.first_ns = moment(raw->first_ns), .last_ns = moment(last),
		.passed = raw->passed, .bulk_bytes = raw->bulk_bytes,
	};
}

static void decode_tcp(struct socktab_tcp_final *tcp, const struct st_tcp_final *raw)
{
	*tcp = (struct socktab_tcp_final) {
		.state = raw->state, .rtt_us = raw->rtt_us, .rttvar_us = raw->rttvar_us,
		.snd_cwnd = raw->snd_cwnd, .snd_mss = raw->snd_mss,
		.total_retrans = raw->total_retrans, .lost = raw->lost,
		.unacked = raw->unacked, .bytes_acked = raw->bytes_acked,
		.bytes_received = raw->bytes_received, .bytes_sent = raw->bytes_sent,
		.segs_out = raw->segs_out, .segs_in = raw->segs_in,
		.notsent_bytes = raw->notsent_bytes,
	};
}

void st_row_decode(struct socktab_row *row, const struct st_row *raw, const struct st_row *again,
		   uint64_t id, const struct socktab_process *process)
{
	memset(row, 0, sizeof *row);
	row->id = id;
	decode_identity(row, raw);
	decode_life(row, raw, process);
	take_cell(row, &row->local, raw, ST_CELLS_LOCAL(raw->cells));
	take_cell(row, &row->peer, raw, ST_CELLS_PEER(raw->cells));
	decode_times(row, raw);
	decode_options(row, raw);
	row->rx = counters_of(&raw->rx);
	row->tx = counters_of(&raw->tx);
	if (raw->type == SOCK_STREAM)
		decode_tcp(&row->tcp, &raw->tcp);
	else
		st_datagram_decode(row, &raw->dgram, &again->dgram);
}

size_t socktab_row_count(const struct socktab *table)
{
	return table->snapshot.row_count;
}

const struct socktab_row *socktab_row(const struct socktab *table, size_t i)
{
	const struct st_snapshot *snapshot = &table->snapshot;

	return i < snapshot->row_count ? &snapshot->rows[snapshot->row_order[i]] : NULL;
}

static int by_id(const void *key, const void *element)
{
	uint64_t a = *(const uint64_t *)key, b = ((const struct socktab_row *)element)->id;

	return (a > b) - (a < b);
}

const struct socktab_row *socktab_row_by_id(const struct socktab *table, uint64_t id)
{
	const struct st_snapshot *snapshot = &table->snapshot;

	return bsearch(&id, snapshot->rows, snapshot->row_count, sizeof *snapshot->rows, by_id);
}
