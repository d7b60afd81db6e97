/* SPDX-License-Identifier: MIT
 *
 * Here we keep a row's two addresses in its cells.
 *
 * A seqlock would be simpler, and wrong: a signal handler that interrupts its writer and writes
 * the same row waits for ever, and a longjmp out of the handler leaves it locked. So a writer
 * takes a free cell for itself (one compare-and-swap), fills it aside, and makes it the current
 * one (another). Whoever is interrupted in between, or killed, leaves the last whole address in
 * place, and one that never comes back wastes a cell; when none is left the change is counted as
 * lost and the row says so.
 */
#include "config.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "preload/address.h"

#define CHANGE		(UINT64_C(1) << 32)	/* the high half grows */
#define SHIFT(side)	((side) == ADDRESS_LOCAL ? 8 : 12)
#define CELL(word, side) ((word) >> SHIFT(side) & 0xf)

void address_normal(struct st_address *to, const void *address, size_t len)
{
	sa_family_t family = AF_UNSPEC;

	if (len >= sizeof(family))
		memcpy(&family, address, sizeof(family));
	if (family == AF_INET && len > offsetof(struct sockaddr_in, sin_zero)) {
		memset(to->bytes, 0, sizeof(struct sockaddr_in));
		memcpy(to->bytes, address, offsetof(struct sockaddr_in, sin_zero));
		to->len = sizeof(struct sockaddr_in);
		return;
	}
	if (family == AF_INET6 && len > sizeof(struct sockaddr_in6))
		len = sizeof(struct sockaddr_in6);
	if (family == AF_UNIX && len == ST_ADDRESS_MAX + 1)
		len = ST_ADDRESS_MAX;
	to->len = (uint16_t)(len <= ST_ADDRESS_MAX ? len : ST_ADDRESS_MAX + 1);
	memcpy(to->bytes, address, len <= ST_ADDRESS_MAX ? len : ST_ADDRESS_MAX);
}

/* The word with another cell (number + 1, or 0) on one side, and the former one free. */
static uint64_t word_with(uint64_t word, enum address_side side, uint64_t cell)
{
	uint64_t former = CELL(word, side);

	if (former)
		word &= ~(UINT64_C(1) << (former - 1));
	word &= ~(UINT64_C(0xf) << SHIFT(side));
	return (word | cell << SHIFT(side)) + CHANGE;
}

void address_init(struct st_row *row, enum address_side side, const void *address, size_t len)
{
	unsigned cell = side;

	if (!len)
		return;
	address_normal(&row->address[cell], address, len);
	row->cells = word_with(row->cells | 1u << cell, side, cell + 1);
}

/* Takes a free cell: its number, or -1. */
static int cell_take(struct st_row *row)
{
	uint64_t word = load_relaxed(&row->cells);
	uint32_t open;

	do {
		open = ~ST_CELLS_TAKEN(word) & 0xf;
		if (!open)
			return -1;
	} while (!cas_acq_rel(&row->cells, &word, (word | (open & -open)) + CHANGE));
	return __builtin_ctz(open);
}

static bool address_is(const struct st_row *row, enum address_side side, const void *address,
		       size_t len)
{
	uint64_t cell = CELL(load_acquire(&row->cells), side);

	if (!cell)
		return !len;
	return row->address[cell - 1].len == len && len <= ST_ADDRESS_MAX &&
	       !memcmp(row->address[cell - 1].bytes, address, len);
}

void address_set(struct st_row *row, enum address_side side, const void *address, size_t len)
{
	struct st_address normal = { 0 };
	uint64_t word;
	int cell = -1;

	if (len)
		address_normal(&normal, address, len);
	if (address_is(row, side, normal.bytes, normal.len))
		return;
	if (len) {
		cell = cell_take(row);
		if (cell < 0) {
			or_relaxed(&row->flags, ST_ROW_STALE);
			table_lost(ST_LOST_ADDRESS);
			return;
		}
		row->address[cell] = normal;
	}
	word = load_relaxed(&row->cells);
	/* Pairs with the reader's load of `cells` before it copies a cell. */
	while (!cas_acq_rel(&row->cells, &word, word_with(word, side, (uint64_t)(cell + 1))))
		;
}

void address_get(const struct st_row *row, enum address_side side, struct st_address *address)
{
	for (int tries = 0; tries < 4; tries++) {
		uint64_t word = load_acquire(&row->cells);
		uint64_t cell = CELL(word, side);

		address->len = 0;
		if (!cell)
			return;
		address->len = row->address[cell - 1].len;
		memcpy(address->bytes, row->address[cell - 1].bytes,
		       address->len <= ST_ADDRESS_MAX ? address->len : ST_ADDRESS_MAX);
		if (load_acquire(&row->cells) == word)
			return;
	}
	address->len = 0;
}

void address_copy(struct st_row *to, const struct st_row *from)
{
	struct st_address address;

	address_get(from, ADDRESS_LOCAL, &address);
	address_init(to, ADDRESS_LOCAL, address.bytes, address.len);
	address_get(from, ADDRESS_PEER, &address);
	address_init(to, ADDRESS_PEER, address.bytes, address.len);
}

bool address_is_specific(const void *address, size_t len)
{
	struct sockaddr_in6 in6 = { 0 };
	struct sockaddr_in in = { 0 };

	if (len < sizeof(sa_family_t))
		return false;
	memcpy(&in, address, len < sizeof(in) ? len : sizeof(in));
	memcpy(&in6, address, len < sizeof(in6) ? len : sizeof(in6));
	switch (in.sin_family) {
	case AF_INET:
		return in.sin_port && in.sin_addr.s_addr != INADDR_ANY;
	case AF_INET6:
		return in6.sin6_port && !IN6_IS_ADDR_UNSPECIFIED(&in6.sin6_addr);
	case AF_UNIX:
		return len > offsetof(struct sockaddr_un, sun_path);
	default:
		return false;
	}
}

bool address_names(const void *address, size_t len, int type)
{
	struct sockaddr_nl netlink = { 0 };
	struct sockaddr_in in = { 0 };

	if (len <= sizeof(sa_family_t))
		return false;
	memcpy(&in, address, len < sizeof(in) ? len : sizeof(in));
	memcpy(&netlink, address, len < sizeof(netlink) ? len : sizeof(netlink));
	if (in.sin_family == AF_NETLINK)
		return netlink.nl_pid != 0;
	if (in.sin_family == AF_INET || in.sin_family == AF_INET6)	/* the port is at one place */
		return in.sin_port != 0 && type != SOCK_RAW;
	return true;
}
