/* SPDX-License-Identifier: MIT
 *
 * Here we record what becomes of a socket: its names, its connection, its end halves.
 */
#include "config.h"

#include <errno.h>

#include "preload/address.h"
#include "preload/calls.h"
#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/kernel.h"
#include "preload/record.h"

void record_state(struct st_row *row, enum st_state state)
{
	uint64_t now = clock_now();

	store_relaxed(&row->changed_ns, now);
	store_relaxed(&row->state_ns, now);
	if (state != ST_STATE_CONNECTING)
		connecting_remove(row_ref(row));
	if (state == ST_STATE_BOUND && !load_relaxed(&row->bound_ns))
		store_relaxed(&row->bound_ns, now);
	store_release(&row->state, state);
}

bool record_local_address(struct st_row *row, int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (kernel_getsockname(fd, &address, &len))
		return false;
	address_set(row, ADDRESS_LOCAL, &address, len);
	return address_names(&address, len, row->type);
}

static struct st_row *row_or_adopted(int fd)
{
	struct st_row *row = descriptor_row(fd);

	return row ? row : record_unknown(fd);
}

/* The other end of a socketpair has the new name as its peer, while it is ours to say so. */
static void name_for_pair(struct st_row *row)
{
	struct st_row *other = row->pair ? row_of(row->pair) : NULL;
	struct st_address name;

	if (!other || !row_is(other, row->pair) || other->owner != table.self_ref)
		return;
	address_get(row, ADDRESS_LOCAL, &name);
	address_set(other, ADDRESS_PEER, name.bytes, name.len);
	record_state(other, load_relaxed(&other->state));
}

void record_bind(int fd, const void *address, socklen_t len)
{
	struct st_row *row = row_or_adopted(fd);

	if (!row)
		return;
	if (address_is_specific(address, len) || !record_local_address(row, fd))
		address_set(row, ADDRESS_LOCAL, address, len);
	name_for_pair(row);
	if (load_relaxed(&row->state) == ST_STATE_UNCONN) {
		record_state(row, ST_STATE_BOUND);
	} else {		/* one end of a socketpair, say, stays connected */
		store_relaxed(&row->bound_ns, clock_now());
		record_state(row, load_relaxed(&row->state));
	}
}

void record_listen(int fd, int backlog)
{
	struct st_row *row = row_or_adopted(fd);

	if (!row)
		return;
	if (load_relaxed(&row->state) == ST_STATE_UNCONN && record_local_address(row, fd))
		store_relaxed(&row->bound_ns, clock_now());	/* listen binds too: ip(7) */
	store_relaxed(&row->backlog, (uint32_t)(backlog < 0 ? 0 : backlog));
	store_relaxed(&row->listen_ns, clock_now());
	record_state(row, ST_STATE_LISTEN);
}

/* ------------------------------------------------------------------------- connecting --- */

void record_connected(struct st_row *row)
{
	store_relaxed(&row->connect_errno, 0);
	store_relaxed(&row->connected_ns, clock_now());
	record_state(row, ST_STATE_ESTAB);
}

void record_connect_failed(struct st_row *row, int error)
{
	store_relaxed(&row->connect_errno, error);
	store_relaxed(&row->connected_ns, clock_now());
	record_state(row, ST_STATE_FAILED);
}

/* A blocking connect may take minutes, or be the last thing that a program does: its row must not
 * say "unconnected" meanwhile. Whatever comes back puts it right. */
struct connect_attempt record_connecting(int fd, const void *address, socklen_t len)
{
	struct connect_attempt attempt = { .start_ns = clock_now(), .ref = descriptor_ref(fd) };
	struct st_row *row = attempt.ref ? row_of(attempt.ref) : NULL;
	enum st_state state = row ? load_relaxed(&row->state) : ST_STATE_UNKNOWN;

	if ((state != ST_STATE_UNCONN && state != ST_STATE_BOUND && state != ST_STATE_FAILED) ||
	    row->type != SOCK_STREAM || load_relaxed(&row->options) & ST_OPT_NONBLOCK ||
	    !is_pointer(address) || len < sizeof(sa_family_t) ||
	    len > sizeof(struct sockaddr_storage))
		return attempt;
	attempt.former = state;
	store_relaxed(&row->connect_ns, attempt.start_ns);
	address_set(row, ADDRESS_PEER, address, len);
	record_state(row, ST_STATE_CONNECTING);
	return attempt;
}

/* It came to nothing: as before. */
static void connect_undone(struct st_row *row, const struct connect_attempt *attempt)
{
	if (!attempt->former)
		return;
	address_set(row, ADDRESS_PEER, NULL, 0);
	record_state(row, attempt->former);
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

/* Such a call says nothing about the socket. */
static bool could_not_begin(int error, enum st_state state)
{
	return error == EBADF || error == ENOTSOCK || error == EFAULT || error == EINVAL ||
	       state == ST_STATE_LISTEN || state == ST_STATE_ESTAB;
}

static void connect_ended(struct st_row *row, int fd, const struct connect_attempt *attempt,
			  const void *address, socklen_t len, int error)
{
	if (load_relaxed(&row->state) != ST_STATE_CONNECTING) {
		store_relaxed(&row->connect_ns, attempt->start_ns);
		address_set(row, ADDRESS_PEER, address, len);
	}
	if (error == EINPROGRESS || error == EINTR) {
		connect_began(row, fd);
	} else if (error && error != EISCONN) {
		record_connect_failed(row, error);
	} else {
		record_local_address(row, fd);
		record_connected(row);
	}
}

void record_connect(int fd, const struct connect_attempt *attempt, const void *address,
		    socklen_t len, int error)
{
	struct st_row *row = attempt->ref ? row_of(attempt->ref) : NULL;
	enum st_state state;

	if (!row) {
		if (error != EBADF && error != ENOTSOCK)
			record_unknown(fd);
		return;
	}
	if (!row_is(row, attempt->ref))
		return;			/* closed, and its row taken, by another thread meanwhile */
	state = attempt->former ? attempt->former : load_relaxed(&row->state);
	if (!error && ((const struct sockaddr *)address)->sa_family == AF_UNSPEC)
		disconnected(row, fd);
	else if (error == EALREADY || (error == EISCONN && state != ST_STATE_CONNECTING) ||
		 (error && could_not_begin(error, state)))
		connect_undone(row, attempt);
	else
		connect_ended(row, fd, attempt, address, len, error);
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

/* Asked anew rather than read from the program's buffer, for accept's reason, and only where it
 * is news: mostly the address is known. */
void record_named(int fd, bool peer)
{
	struct st_row *row = row_or_adopted(fd);
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	uint64_t cells = row ? load_relaxed(&row->cells) : 0;

	if (!row)
		return;
	if (peer && load_relaxed(&row->state) == ST_STATE_CONNECTING)
		record_connected(row);
	if (peer ? ST_CELLS_PEER(cells) : ST_CELLS_LOCAL(cells))
		return;
	if (!peer)
		record_local_address(row, fd);
	else if (!kernel_getpeername(fd, &address, &len))
		address_set(row, ADDRESS_PEER, &address, len);
	record_state(row, load_relaxed(&row->state));
}
