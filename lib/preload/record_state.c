/* SPDX-License-Identifier: MIT
 *
 * Here we record what becomes of a socket: its names, its connection, its end halves.
 */
#include "config.h"

#include <errno.h>

#include "preload/address.h"
#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/kernel.h"
#include "preload/record.h"

void record_state(struct st_row *row, enum st_state state)
{
	uint64_t now = clock_now();

	store_relaxed(&row->changed_ns, now);
	if (state == ST_STATE_BOUND && !load_relaxed(&row->bound_ns))
		store_relaxed(&row->bound_ns, now);
	store_release(&row->state, state);
}

/* An unnamed unix socket, or one without a port, has a family and nothing that names it. */
bool record_local_address(struct st_row *row, int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (kernel_getsockname(fd, &address, &len))
		return false;
	address_set(row, ADDRESS_LOCAL, &address, len);
	return len > sizeof(sa_family_t);
}

static struct st_row *row_or_adopted(int fd)
{
	struct st_row *row = descriptor_row(fd);

	return row ? row : record_unknown(fd);
}

void record_bind(int fd, const void *address, socklen_t len)
{
	struct st_row *row = row_or_adopted(fd);

	if (!row)
		return;
	if (address_is_specific(address, len) || !record_local_address(row, fd))
		address_set(row, ADDRESS_LOCAL, address, len);
	record_state(row, ST_STATE_BOUND);
}

void record_listen(int fd, int backlog)
{
	struct st_row *row = row_or_adopted(fd);

	if (!row)
		return;
	if (load_relaxed(&row->state) == ST_STATE_UNCONN)
		record_local_address(row, fd);	/* listen binds too: ip(7) */
	store_relaxed(&row->backlog, (uint32_t)(backlog < 0 ? 0 : backlog));
	store_relaxed(&row->listen_ns, clock_now());
	record_state(row, ST_STATE_LISTEN);
}

/* ------------------------------------------------------------------------- connecting --- */

void record_connected(struct st_row *row)
{
	connecting_remove(row_ref(row));
	store_relaxed(&row->connect_errno, 0);
	store_relaxed(&row->connected_ns, clock_now());
	record_state(row, ST_STATE_ESTAB);
}

void record_connect_failed(struct st_row *row, int error)
{
	connecting_remove(row_ref(row));
	store_relaxed(&row->connect_errno, error);
	store_relaxed(&row->connected_ns, clock_now());
	record_state(row, ST_STATE_FAILED);
}

static void connect_began(struct st_row *row, int fd)
{
	record_local_address(row, fd);
	record_state(row, ST_STATE_CONNECTING);
	connecting_add(row_ref(row));
}

/* connect(2) with AF_UNSPEC takes the connection away; the kernel may take the port as well. */
static void disconnected(struct st_row *row, int fd)
{
	address_set(row, ADDRESS_PEER, NULL, 0);
	record_local_address(row, fd);
	record_state(row, ST_STATE_BOUND);
}

/* A call that could not begin says nothing about the socket. */
static bool connect_was_refused_to_begin(const struct st_row *row, int error)
{
	enum st_state state = load_relaxed(&row->state);

	return error == EBADF || error == ENOTSOCK || error == EFAULT || error == EINVAL ||
	       state == ST_STATE_LISTEN || state == ST_STATE_ESTAB;
}

void record_connect(int fd, const void *address, socklen_t len, uint64_t start_ns, int error)
{
	struct st_row *row = descriptor_row(fd);
	bool under_way = error == EINPROGRESS || error == EINTR;

	if (!row) {
		if (error != EBADF && error != ENOTSOCK)
			record_unknown(fd);
		return;
	}
	if (!error && len >= sizeof(sa_family_t) &&
	    ((const struct sockaddr *)address)->sa_family == AF_UNSPEC) {
		disconnected(row, fd);
		return;
	}
	if (error == EALREADY || (error == EISCONN && load_relaxed(&row->state) != ST_STATE_CONNECTING))
		return;
	if (load_relaxed(&row->state) != ST_STATE_CONNECTING) {
		if (error && !under_way && connect_was_refused_to_begin(row, error))
			return;
		store_relaxed(&row->connect_ns, start_ns);
		address_set(row, ADDRESS_PEER, address, len);
	}
	if (under_way) {
		connect_began(row, fd);
	} else if (!error || error == EISCONN) {
		record_local_address(row, fd);
		record_connected(row);
	} else {
		record_connect_failed(row, error);
	}
}

/* ----------------------------------------------------------------------------- halves --- */

void record_shutdown(int fd, int how)
{
	struct st_row *row = row_or_adopted(fd);
	enum st_state state, next;

	if (!row)
		return;
	state = load_relaxed(&row->state);
	if (state == ST_STATE_LISTEN || state == ST_STATE_CONNECTING)
		next = ST_STATE_BOUND;		/* tcp_shutdown, tcp_disconnect: listens no more */
	else if (how == SHUT_RDWR || state == ST_STATE_SHUT)
		next = ST_STATE_SHUT;
	else if (how == SHUT_RD)
		next = state == ST_STATE_SHUT_WR ? ST_STATE_SHUT : ST_STATE_SHUT_RD;
	else
		next = state == ST_STATE_SHUT_RD ? ST_STATE_SHUT : ST_STATE_SHUT_WR;
	store_relaxed(&row->shut_ns, clock_now());
	record_state(row, next);
}

void record_named(int fd, bool peer, const void *address, socklen_t len, socklen_t room)
{
	struct st_row *row = row_or_adopted(fd);

	if (!row || len > room)
		return;
	address_set(row, peer ? ADDRESS_PEER : ADDRESS_LOCAL, address, len);
	if (peer && load_relaxed(&row->state) == ST_STATE_CONNECTING)
		record_connected(row);
}
