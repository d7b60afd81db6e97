/* SPDX-License-Identifier: MIT
 *
 * Here we count what is rare about bytes.
 */
#include "config.h"

#include <errno.h>

#include "preload/count.h"

/* While a connect is under way these say only that; any other error is its end. */
static bool error_is_patience(int error)
{
	return error == EAGAIN || error == EINTR || error == ENOTCONN || error == EALREADY ||
	       error == EINPROGRESS || error == EFAULT || error == EBADF || error == EINVAL;
}

COLD void count_failed(struct st_row *row, struct st_counters *counters)
{
	int error = errno;

	if (load_relaxed(&row->state) == ST_STATE_CONNECTING && !error_is_patience(error))
		record_connect_failed(row, error);
	if (error == EAGAIN) {		/* EWOULDBLOCK is the same number */
		tally(&counters->again, 1);
		return;
	}
	if (error == EINTR)
		return;
	tally(&counters->errors, 1);
	store_relaxed(&counters->last_errno, (uint32_t)error);
}

/* Sending from a socket that was never bound makes the kernel bind it (ip(7)): the one moment to
 * ask for its address, once in a socket's life. */
COLD void count_first(struct st_row *row, struct st_counters *counters, int fd)
{
	enum st_state state = load_relaxed(&row->state);

	if (state == ST_STATE_CONNECTING)
		record_connected(row);
	if (load_relaxed(&counters->first_ns))
		return;
	store_relaxed(&counters->first_ns, clock_now());
	if (state == ST_STATE_UNCONN && row->type != SOCK_STREAM && record_local_address(row, fd))
		record_state(row, ST_STATE_BOUND);
}

COLD struct st_row *row_adopted(int fd, ssize_t result)
{
	if (result < 0 && (errno == EBADF || errno == ENOTSOCK))
		return NULL;
	return record_unknown(fd);
}

/* Another thread closed the number meanwhile: then the row stands, closed, until it is taken for
 * something new. Or a signal handler forked, and this is the child: then its own row counts. */
COLD struct st_row *row_moved(uint64_t ref, int fd)
{
	uint64_t present = descriptor_ref(fd);
	struct st_row *row = present ? row_of(present) : NULL;

	if (row && row->origin == ST_ORIGIN_FORK && row->parent == ref)
		return row;
	row = row_of(ref);
	return row_is(row, ref) && row->owner == table.self_ref ? row : NULL;
}
