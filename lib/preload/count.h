/* SPDX-License-Identifier: MIT
 *
 * Here we count the bytes of a row: the whole of what a send or a receive costs.
 */
#ifndef SOCKTAB_PRELOAD_COUNT_H
#define SOCKTAB_PRELOAD_COUNT_H

#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/record.h"

/* A counter that signal handlers add to as well: while libc says that there is one thread, one
 * plain instruction is enough (a handler cannot come in the middle of it). */
static inline void tally(st_u64 *counter, uint64_t value)
{
#if defined(__x86_64__)
	if (likely(*table.single_threaded)) {
		__asm__("addq %1, %0" : "+m"(*counter) : "er"(value) : "cc");
		return;
	}
#endif
	add_relaxed(counter, value);
}

/* The rare halves: a call that failed, the first bytes, bytes that prove a connect. */
void count_failed(struct st_row *row, struct st_counters *counters);
void count_first(struct st_row *row, struct st_counters *counters, int fd);
struct st_row *row_adopted(int fd, ssize_t result);

/* A call moved `result` bytes, or failed and left errno. */
static inline void count(struct st_row *row, struct st_counters *counters, int fd, ssize_t result)
{
	tally(&counters->calls, 1);
	if (unlikely(result < 0)) {
		count_failed(row, counters);
		return;
	}
	if (unlikely(result == 0))
		return;
	tally(&counters->bytes, (uint64_t)result);
	store_relaxed(&counters->last_ns, clock_coarse());
	if (unlikely(!load_relaxed(&counters->first_ns)) || connecting_any())
		count_first(row, counters, fd);
}

/* The row of a call that only sockets answer; one that was not known is adopted now. */
static inline struct st_row *row_known(struct st_row *row, int fd, ssize_t result)
{
	return likely(row != NULL) ? row : row_adopted(fd, result);
}

static inline void count_sent(struct st_row *row, int fd, ssize_t result)
{
	count(row, &row->tx, fd, result);
}

static inline void count_received(struct st_row *row, int fd, ssize_t result)
{
	count(row, &row->rx, fd, result);
}

#endif
