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
	int64_t options_ns;		/* of the row that knew options last */
	uint32_t holders;
	UT_hash_handle hh;
};

/* Options are joined bit by bit: who saw the socket last may not have seen them all. */
static void learn_options(struct joined_socket *socket, const struct socktab_row *row)
{
	uint32_t known = row->options_known & ~(uint32_t)SOCKTAB_OPT_CLOEXEC;

	if (row->changed_ns > socket->options_ns)
		socket->options_ns = row->changed_ns;
	else
		known &= ~socket->options_known;
	socket->options = (socket->options & ~known) | (row->options & known);
	socket->options_known |= known;
}

static void learn(struct joined_socket *socket, struct socktab_row *row)
{
	bool later = !socket->best || row->state_ns > socket->best->state_ns;

	socket->holders += row->open;
	if (row->torn)
		return;
	learn_options(socket, row);
	if (later)
		socket->best = row;
}

/* Finds the row's socket; `spare` becomes it when the row is its first. */
static struct joined_socket *socket_of(struct joined_socket **sockets,
				       struct joined_socket *spare, const struct socktab_row *row)
{
	struct socket_key key = { row->cookie, (uint64_t)row->family };
	struct joined_socket *found;

	HASH_FIND(hh, *sockets, &key, sizeof key, found);
	if (found)
		return found;
	spare->key = key;
	HASH_ADD(hh, *sockets, key, sizeof spare->key, spare);
	return spare->hh.tbl ? spare : NULL;
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

/* `room` has place for as many sockets as there are rows. */
static int gather(struct st_snapshot *snapshot, struct joined_socket *room,
		  struct joined_socket **of_row, struct joined_socket **sockets)
{
	for (size_t i = 0; i < snapshot->row_count; i++) {
		struct socktab_row *row = &snapshot->rows[i];

		if (!row->cookie)
			continue;
		of_row[i] = socket_of(sockets, room, row);
		if (!of_row[i])
			return -ENOMEM;
		room += of_row[i] == room;
		learn(of_row[i], row);
	}
	return 0;
}

static int join_all(struct st_snapshot *snapshot, struct joined_socket *room,
		    struct joined_socket **of_row)
{
	struct joined_socket *sockets = NULL;
	int code = gather(snapshot, room, of_row, &sockets);

	for (size_t i = 0; code == 0 && i < snapshot->row_count; i++) {
		if (of_row[i])
			tell(of_row[i], &snapshot->rows[i]);
		else
			snapshot->rows[i].holders = snapshot->rows[i].open;
	}
	HASH_CLEAR(hh, sockets);
	return code;
}

static void close_states(struct st_snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->row_count; i++)
		if (snapshot->rows[i].closed)
			snapshot->rows[i].state = SOCKTAB_STATE_CLOSED;
}

int st_rows_join(struct st_snapshot *snapshot)
{
	struct joined_socket *room = calloc(snapshot->row_count + 1, sizeof *room);
	struct joined_socket **of_row = calloc(snapshot->row_count + 1, sizeof *of_row);
	int code = room && of_row ? join_all(snapshot, room, of_row) : -ENOMEM;

	free(room);
	free(of_row);
	close_states(snapshot);
	return code;
}
