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
struct st_row *row_moved(uint64_t ref, int fd);

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

/* The row that a call was about, now that it is over. It may have waited for a long time: when
 * the number is another's by now the rare half decides. NULL: there is no such row any more. */
static inline struct st_row *row_after(uint64_t ref, int fd)
{
	if (likely(ref && load_relaxed(&descriptor_map[fd]) == ref))
		return row_of(ref);
	return ref ? row_moved(ref, fd) : NULL;
}

/* The same for a call that only sockets answer: one that was not known is adopted now. */
static inline struct st_row *row_known(uint64_t ref, int fd, ssize_t result)
{
	return likely(ref != 0) ? row_after(ref, fd) : row_adopted(fd, result);
}

static inline void count_sent(struct st_row *row, int fd, ssize_t result)
{
	if (likely(row != NULL))
		count(row, &row->tx, fd, result);
}

static inline void count_received(struct st_row *row, int fd, ssize_t result)
{
	if (likely(row != NULL))
		count(row, &row->rx, fd, result);
}

/* Bytes that the program took, which are not those that recv answers: what was peeked at comes
 * again, the error queue gives no data, and MSG_TRUNC answers more than the buffer holds. */
static inline ssize_t bytes_taken(ssize_t got, int flags, size_t room)
{
	if (likely(!(flags & (MSG_PEEK | MSG_ERRQUEUE | MSG_TRUNC))) || got < 0)
		return got;
	if (flags & (MSG_PEEK | MSG_ERRQUEUE))
		return 0;
	return (size_t)got > room ? (ssize_t)room : got;
}

static inline size_t message_room(const struct msghdr *message)
{
	size_t room = 0;

	for (size_t i = 0; i < message->msg_iovlen; i++)
		room += message->msg_iov[i].iov_len;
	return room;
}

#endif
