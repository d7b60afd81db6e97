/* SPDX-License-Identifier: MIT
 *
 * Here we join the rows of one socket: what its holders know of it, the one knows that saw it
 * change last.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

/* A cookie that comes with two families is no cookie: those rows have nothing in common. */
struct socket_key {
	uint64_t cookie, family;
};

/* Cookies are counted up, so a multiplication scatters them well enough. */
static unsigned hash_of(const struct socket_key *key)
{
	uint64_t hash = (key->cookie ^ key->family << 48) * UINT64_C(0x9e3779b97f4a7c15);

	return (unsigned)(hash >> 32);
}

#define HASH_FUNCTION(key, size, hash) ((hash) = hash_of((const void *)(key)))
#define HASH_NONFATAL_OOM 1	/* else uthash ends the program */
#include <uthash.h>

struct joined_socket {
	struct socket_key key;
	struct socktab_row *best;	/* NULL: all torn */
	uint32_t options, options_known;
	uint32_t holders;
	UT_hash_handle hh;
};

static struct joined_socket *find(struct joined_socket *sockets, const struct socktab_row *row)
{
	struct socket_key key = { row->cookie, (uint64_t)row->family };
	struct joined_socket *socket;

	HASH_FIND(hh, sockets, &key, sizeof key, socket);
	return socket;
}

/* Options are joined bit by bit: who saw the socket last may not have seen them all. */
static void learn_options(struct joined_socket *socket, const struct socktab_row *row, bool later)
{
	uint32_t known = row->options_known & ~(uint32_t)SOCKTAB_OPT_CLOEXEC;

	if (!later)
		known &= ~socket->options_known;
	socket->options = (socket->options & ~known) | (row->options & known);
	socket->options_known |= known;
}

static void learn(struct joined_socket *socket, struct socktab_row *row)
{
	bool later = !socket->best || row->changed_ns > socket->best->changed_ns;

	socket->holders += row->open;
	if (row->torn)
		return;
	learn_options(socket, row, later);
	if (later)
		socket->best = row;
}

/* `spare` becomes the socket of a row that is its first. */
static int gather(struct joined_socket **sockets, struct joined_socket *spare,
		  struct socktab_row *row)
{
	struct joined_socket *socket = find(*sockets, row);

	if (socket) {
		learn(socket, row);
		return 0;
	}
	memset(spare, 0, sizeof *spare);
	spare->key = (struct socket_key) { row->cookie, (uint64_t)row->family };
	HASH_ADD(hh, *sockets, key, sizeof spare->key, spare);
	if (!spare->hh.tbl)
		return -ENOMEM;
	learn(spare, row);
	return 1;
}

static void tell(const struct joined_socket *socket, struct socktab_row *row)
{
	const struct socktab_row *best = socket->best;
	uint32_t own = SOCKTAB_OPT_CLOEXEC;

	row->holders = socket->holders;
	if (!best)
		return;
	row->options = (row->options & own) | socket->options;
	row->options_known = (row->options_known & own) | socket->options_known;
	if (best == row)
		return;
	row->state = best->state;
	row->local = best->local;
	row->peer = best->peer;
	row->connect_errno = best->connect_errno;
}

static int join_all(struct st_snapshot *snapshot, struct joined_socket *room,
		    struct joined_socket **sockets)
{
	size_t used = 0;

	for (size_t i = 0; i < snapshot->row_count; i++) {
		struct socktab_row *row = &snapshot->rows[i];
		int code = row->cookie ? gather(sockets, &room[used], row) : 0;

		if (code < 0)
			return code;
		used += (size_t)code;
	}
	for (size_t i = 0; i < snapshot->row_count; i++) {
		struct socktab_row *row = &snapshot->rows[i];

		row->holders = row->open;
		if (row->cookie)
			tell(find(*sockets, row), row);
	}
	return 0;
}

static void close_states(struct st_snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->row_count; i++)
		if (snapshot->rows[i].closed)
			snapshot->rows[i].state = SOCKTAB_STATE_CLOSED;
}

int st_rows_join(struct st_snapshot *snapshot)
{
	struct joined_socket *sockets = NULL, *room;
	int code;

	room = calloc(snapshot->row_count + 1, sizeof *room);
	if (!room)
		return -ENOMEM;
	code = join_all(snapshot, room, &sockets);
	HASH_CLEAR(hh, sockets);
	free(room);
	close_states(snapshot);
	return code;
}
