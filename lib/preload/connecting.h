/* SPDX-License-Identifier: MIT
 *
 * Here we know which descriptors have a connect under way, so that a poll that says that one
 * is writable can be understood, and costs one load when there is none.
 */
#ifndef SOCKTAB_PRELOAD_CONNECTING_H
#define SOCKTAB_PRELOAD_CONNECTING_H

#include <stddef.h>

#include "preload/table.h"

extern int connecting_count;

void connecting_add(uint64_t ref);
void connecting_remove(uint64_t ref);
void connecting_forget(void);

static inline bool connecting_any(void)
{
	return unlikely(load_relaxed(&connecting_count) > 0);
}

/* An epoll descriptor was told to answer `data` for this descriptor. Data that is 0, or the same
 * for two, says nothing about either. */
void connecting_watched(int epoll, int fd, uint64_t data);

/* poll, or epoll, said this about a descriptor (POLLOUT, POLLERR: the same bits as EPOLL*). */
void connecting_ready(int fd, unsigned events);
void connecting_ready_data(int epoll, uint64_t data, unsigned events);

#endif
