/* SPDX-License-Identifier: MIT
 *
 * Here we know which descriptors have a connect under way.
 *
 * The places are few and fixed. A connect that finds none is understood later, by what else
 * proves it: getpeername, SO_ERROR, the first bytes.
 */
#include "config.h"

#include <poll.h>

#include "preload/connecting.h"
#include "preload/descriptors.h"
#include "preload/record.h"

#define PLACES 64

int connecting_count;

static struct {
	uint64_t ref;		/* 0: free; taken by compare-and-swap */
	uint64_t data;		/* of epoll_data_t, valid while `epoll` is not 0 */
	int epoll;		/* descriptor + 1 */
} places[PLACES];

void connecting_add(uint64_t ref)
{
	for (int i = 0; i < PLACES; i++) {
		uint64_t nobody = 0;

		if (load_relaxed(&places[i].ref) == ref)
			return;
		if (load_relaxed(&places[i].ref) || !cas_acq_rel(&places[i].ref, &nobody, ref))
			continue;
		store_relaxed(&places[i].epoll, 0);
		add_relaxed(&connecting_count, 1);
		return;
	}
}

void connecting_remove(uint64_t ref)
{
	if (!connecting_any())
		return;
	for (int i = 0; i < PLACES; i++) {
		uint64_t expected = ref;

		if (load_relaxed(&places[i].ref) != ref ||
		    !cas_acq_rel(&places[i].ref, &expected, 0))
			continue;
		add_relaxed(&connecting_count, -1);
	}
}

void connecting_forget(void)
{
	for (int i = 0; i < PLACES; i++)
		store_relaxed(&places[i].ref, 0);
	store_relaxed(&connecting_count, 0);
}

void connecting_watched(int epoll, int fd, uint64_t data)
{
	uint64_t ref = descriptor_ref(fd);

	for (int i = 0; i < PLACES; i++) {
		if (ref && load_relaxed(&places[i].ref) == ref) {
			store_relaxed(&places[i].data, data);
			store_release(&places[i].epoll, data ? epoll + 1 : 0);
		} else if (load_relaxed(&places[i].epoll) == epoll + 1 &&
			   load_relaxed(&places[i].data) == data) {
			store_relaxed(&places[i].epoll, 0);
		}
	}
}

/* A socket that is still connecting is not writable; one whose connect failed is, with an error
 * (tcp_poll in net/ipv4/tcp.c). */
static void ready(uint64_t ref, unsigned events)
{
	struct st_row *row = row_of(ref);

	if (!row_is(row, ref) || load_relaxed(&row->state) != ST_STATE_CONNECTING)
		return;
	if (events & POLLERR)
		record_connect_failed(row, 0);
	else if (events & POLLOUT)
		record_connected(row);
}

void connecting_ready(int fd, unsigned events)
{
	uint64_t ref = descriptor_ref(fd);

	if (ref)
		ready(ref, events);
}

void connecting_ready_data(int epoll, uint64_t data, unsigned events)
{
	for (int i = 0; i < PLACES; i++) {
		uint64_t ref = load_relaxed(&places[i].ref);

		if (ref && load_acquire(&places[i].epoll) == epoll + 1 &&
		    load_relaxed(&places[i].data) == data)
			ready(ref, events);
	}
}
