/* SPDX-License-Identifier: MIT
 *
 * Here we take rows for descriptors and give them back, oldest first, without a lock.
 */
#ifndef SOCKTAB_PRELOAD_ROWS_H
#define SOCKTAB_PRELOAD_ROWS_H

#include "preload/table.h"

/* Takes a row of this process for a new descriptor: all zero, ST_FILLING, with its owner. NULL:
 * none to be had, and the loss is counted. `*ref` names it. */
struct st_row *row_take(uint64_t *ref);
struct st_row *row_take_at(uint64_t *ref, uint64_t now_ns);

/* True since no row could be had, until one is given back. */
bool rows_exhausted(void);

/* Publishes a row that is whole; from here on readers see it. */
void row_publish(struct st_row *row);

/* Gives a row back whose descriptor never came to be, or is not to be shown. */
void row_drop(struct st_row *row);

/* The descriptor is closed: the row keeps its last values until it is taken again. Only for who
 * took the reference out of the descriptor map. */
void row_close(struct st_row *row, enum st_closer closer);

/* A chunk has come to this process: from before an exec of its own, or from a dead one. */
void rows_found(uint32_t chunk);
/* In a forked child: the parent's rows are not ours. */
void rows_forget(void);
/* Takes rows ahead of need, while system calls may still be made. */
void rows_reserve(void);

static inline struct st_row *row_of(uint64_t ref)
{
	return table.rows + ST_REF_INDEX(ref);
}

/* False when the row has been taken for another descriptor since. */
static inline bool row_is(const struct st_row *row, uint64_t ref)
{
	return ST_LIFE_GEN(load_acquire(&row->life)) == ST_REF_GEN(ref);
}

static inline uint64_t row_ref(const struct st_row *row)
{
	return ST_REF(row - table.rows, ST_LIFE_GEN(load_relaxed(&row->life)));
}

#endif
