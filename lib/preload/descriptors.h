/* SPDX-License-Identifier: MIT
 *
 * Here we find the row of a descriptor: a private map from numbers to references of rows.
 *
 * Number reuse between threads decides its rules. Whoever opens a number overwrites its entry
 * without asking, and closes the row that stood there. Whoever closes one looks the entry up
 * *before* the real close, and takes exactly that one out *after* it: when the number has been
 * opened again meanwhile, the entry is another and stays. So a close that fails or is cancelled
 * changes nothing, and each row is closed once.
 */
#ifndef SOCKTAB_PRELOAD_DESCRIPTORS_H
#define SOCKTAB_PRELOAD_DESCRIPTORS_H

#include "preload/rows.h"

#define DESCRIPTOR_MAX	(1 << 20)

extern uint64_t descriptor_map[DESCRIPTOR_MAX];	/* ST_REF of a row; 0: no socket that we know */
extern int descriptor_high;			/* no entry was ever set at or above it */

/* The reference at a number, before the call that may change what the number means. */
static inline uint64_t descriptor_ref(int fd)
{
	uint64_t ref;

	if (unlikely((unsigned)fd >= DESCRIPTOR_MAX))
		return 0;
	/* Pairs with the exchange of descriptor_set: the row behind it is whole. */
	ref = load_acquire(&descriptor_map[fd]);
	if (likely(!ref))
		return 0;
	if (table_is_strange())
		return table_settle() ? load_acquire(&descriptor_map[fd]) : 0;
	return ref;
}

/* The row of a number; NULL: no socket that we know. */
static inline struct st_row *descriptor_row(int fd)
{
	uint64_t ref = descriptor_ref(fd);

	return ref ? row_of(ref) : NULL;
}

/* The number is open now and names this row. False: it is beyond the map. */
bool descriptor_set(int fd, uint64_t ref, enum st_closer closer_of_former);

/* Takes a reference out of the map, and closes its row. Nothing when it is not there any more. */
void descriptor_clear(int fd, uint64_t ref, enum st_closer closer);

/* Asks the kernel what stands at a number, where no wrapper can know: closes a row whose socket
 * is gone, and adopts a socket that has no row. */
void descriptor_check(int fd, enum st_closer closer, enum st_origin origin);

/* A forked child whose rows are not to be had knows no descriptor. */
void descriptors_forget(void);

#endif
