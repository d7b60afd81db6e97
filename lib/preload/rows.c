/* SPDX-License-Identifier: MIT
 *
 * Here we take rows for descriptors and give them back, oldest first, without a lock.
 *
 * A process owns chunks of 32 rows and keeps two bits for each row, in private memory: `closed`
 * and `reusable`. Closing a row sets its closed bit. Taking one clears a reusable bit; when there
 * is none left, all closed bits turn into reusable ones at once. So no row is taken again before
 * every row that was closed in an earlier turn, and the last HISTORY closed rows stay readable.
 * Each step is one atomic instruction: a signal handler, or a thread that is cancelled or jumps
 * away in the middle, leaves at worst one row unused until the process ends.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/record.h"

#define HISTORY		32
#define CHUNKS_MAX	32768u		/* a million rows */

/* By chunk: only those of this process have any bit set. */
static struct {
	uint32_t reusable;		/* bit r: row r may be taken */
	uint32_t closed;		/* bit r: row r is closed, and may be taken next turn */
} bits[CHUNKS_MAX];
static uint32_t own[CHUNKS_MAX];	/* the chunks of this process, in order of taking */
static uint32_t own_count;
static uint32_t hand;			/* in own[]: where a row was last taken */
static int32_t closed_count;
static bool exhausted;

static void own_add(uint32_t chunk, uint32_t reusable, uint32_t closed)
{
	uint32_t at = add_relaxed(&own_count, 1);

	store_relaxed(&own[at], chunk);
	or_release(&bits[chunk].closed, closed);
	or_release(&bits[chunk].reusable, reusable);
	add_relaxed(&closed_count, __builtin_popcount(closed));
	if (reusable)
		store_relaxed(&hand, at);
}

/* Takes one reusable bit of a chunk: its number, or -1. */
static int bit_take(uint32_t *word)
{
	uint32_t seen = load_relaxed(word);

	while (seen) {
		uint32_t lowest = seen & -seen;

		if (and_acquire(word, ~lowest) & lowest)
			return __builtin_ctz(lowest);
		seen = load_relaxed(word);
	}
	return -1;
}

static struct st_row *take_reusable(void)
{
	uint32_t count = load_relaxed(&own_count);
	uint32_t start = load_relaxed(&hand);

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = start + i < count ? start + i : start + i - count;
		uint32_t chunk = load_relaxed(&own[at]);
		int bit = bit_take(&bits[chunk].reusable);

		if (bit < 0)
			continue;
		if (i)
			store_relaxed(&hand, at);
		return chunk_rows(chunk) + bit;
	}
	return NULL;
}

/* A new turn: what was closed in the last one may be taken in this one. */
static void turn(void)
{
	uint32_t count = load_relaxed(&own_count);

	for (uint32_t at = 0; at < count; at++) {
		uint32_t chunk = load_relaxed(&own[at]);
		uint32_t closed = exchange_acq_rel(&bits[chunk].closed, 0);

		add_relaxed(&closed_count, -__builtin_popcount(closed));
		or_release(&bits[chunk].reusable, closed);
	}
}

/* Going through a full table finds out who of all its owners lives; ten times a second will do. */
static int chunk_take_unless_full(void)
{
	static uint64_t full_until_ns;
	static int full;
	uint64_t now = clock_coarse();
	int chunk;

	if (now < load_relaxed(&full_until_ns))
		return load_relaxed(&full);
	chunk = chunk_take();
	if (chunk < 0) {
		store_relaxed(&full, chunk);
		store_relaxed(&full_until_ns, now + 100000000);
	}
	return chunk;
}

static struct st_row *take(void)
{
	struct st_row *row = take_reusable();
	int chunk;

	if (!row && load_relaxed(&closed_count) >= HISTORY) {
		turn();
		row = take_reusable();
	}
	if (row)
		return row;
	chunk = chunk_take_unless_full();
	if (chunk >= 0)
		own_add((uint32_t)chunk, UINT32_MAX, 0);
	else
		turn();
	row = take_reusable();
	store_relaxed(&exhausted, !row);
	if (!row)
		table_lost(chunk == -ENOSPC ? ST_LOST_ROWS : ST_LOST_MEMORY);
	return row;
}

static void total(st_u64 *to, uint64_t value)
{
	if (value)
		add_relaxed(to, value);
}

/* What a row counted outlives it: in the slot of the process that it belonged to or, when that
 * has been taken again, in the header. */
static void push_out(const struct st_row *row)
{
	enum st_life life = ST_LIFE_STATE(load_relaxed(&row->life));
	uint32_t index = ST_REF_INDEX(row->owner);
	struct st_totals *totals = &table.header->gone;

	if ((life != ST_OPEN && life != ST_CLOSED) || index >= table.process_count)
		return;
	if (ST_LIFE_GEN(load_relaxed(&table.processes[index].life)) == ST_REF_GEN(row->owner))
		totals = &table.processes[index].totals;
	total(&totals->rx_bytes, load_relaxed(&row->rx.bytes));
	total(&totals->tx_bytes, load_relaxed(&row->tx.bytes));
	total(&totals->rx_calls, load_relaxed(&row->rx.calls));
	total(&totals->tx_calls, load_relaxed(&row->tx.calls));
	total(&totals->errors, load_relaxed(&row->rx.errors) + load_relaxed(&row->tx.errors));
}

/* The cells of the addresses need no clearing, since none of them is referred to; nor does the
 * last part when the row's former descriptor left it as it was. */
static void clear(struct st_row *row)
{
	size_t from = offsetof(struct st_row, owner), to = offsetof(struct st_row, address);

	if (row->flags & ST_ROW_EXTRA)
		memset(&row->dgram, 0, sizeof(row->dgram));
	memset((char *)row + from, 0, to - from);
}

struct st_row *row_take_at(uint64_t *ref, uint64_t now_ns)
{
	struct st_row *row;
	uint32_t generation;

	if (!table.rows) {
		table_lost(ST_LOST_MEMORY);
		return NULL;
	}
	row = take();
	if (!row)
		return NULL;
	push_out(row);
	generation = ST_LIFE_GEN(load_relaxed(&row->life)) + 1;
	store_release(&row->life, ST_LIFE(generation, ST_FILLING));
	clear(row);
	row->owner = table.self_ref;
	row->created_ns = row->changed_ns = row->state_ns = now_ns;
	*ref = ST_REF(row - table.rows, generation);
	return row;
}

struct st_row *row_take(uint64_t *ref)
{
	return row_take_at(ref, clock_now());
}

bool rows_exhausted(void)
{
	return !table.rows || load_relaxed(&exhausted);
}

void row_publish(struct st_row *row)
{
	uint32_t generation = ST_LIFE_GEN(load_relaxed(&row->life));

	add_relaxed(&table.self->totals.opened, 1);
	/* Pairs with the reader's load of `life`, before and after it copies the row. */
	store_release(&row->life, ST_LIFE(generation, ST_OPEN));
}

static void give_back(const struct st_row *row)
{
	uint32_t index = (uint32_t)(row - table.rows);

	store_relaxed(&exhausted, false);
	add_relaxed(&closed_count, 1);
	or_release(&bits[index / ST_ROWS_PER_CHUNK].closed,
		   UINT32_C(1) << index % ST_ROWS_PER_CHUNK);
}

void row_drop(struct st_row *row)
{
	store_release(&row->life, ST_LIFE(ST_LIFE_GEN(load_relaxed(&row->life)), ST_FREE));
	give_back(row);
}

void row_close(struct st_row *row, enum st_closer closer)
{
	connecting_remove(row_ref(row));
	store_relaxed(&row->closer, closer);
	store_relaxed(&row->closer_tid, thread_id());
	store_relaxed(&row->closed_ns, clock_now());
	add_relaxed(&table.self->totals.closed, 1);
	store_release(&row->life, ST_LIFE(ST_LIFE_GEN(load_relaxed(&row->life)), ST_CLOSED));
	give_back(row);
}

void rows_reserve(void)
{
	static bool reserved;
	int chunk = table.rows && !reserved ? chunk_take() : -1;

	reserved = true;
	if (chunk >= 0)
		own_add((uint32_t)chunk, UINT32_MAX, 0);
}

/* Rows that a former owner of the chunk left may be taken at once. Of our own, from before an
 * exec, those whose socket is still at its number go on as they were; the others were
 * close-on-exec. */
void rows_found(uint32_t chunk)
{
	struct st_row *rows = chunk_rows(chunk);
	uint32_t open = 0, closed = 0;

	for (uint32_t i = 0; i < ST_ROWS_PER_CHUNK; i++) {
		enum st_life life = ST_LIFE_STATE(load_acquire(&rows[i].life));

		if (rows[i].owner != table.self_ref)
			continue;
		if (life == ST_OPEN)
			open |= UINT32_C(1) << i;
		if (life == ST_CLOSED)
			closed |= UINT32_C(1) << i;
	}
	own_add(chunk, ~(open | closed), closed);
	for (uint32_t i = 0; i < ST_ROWS_PER_CHUNK; i++)
		if (open >> i & 1)
			record_resumed(&rows[i]);
}

/* Only the one thread of a forked child runs this. */
void rows_forget(void)
{
	for (uint32_t at = 0; at < own_count; at++)
		bits[own[at]].reusable = bits[own[at]].closed = 0;
	own_count = hand = 0;
	closed_count = 0;
	exhausted = false;
}
