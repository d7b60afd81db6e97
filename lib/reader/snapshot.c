/* SPDX-License-Identifier: MIT
 *
 * Here we take a snapshot: consistent copies of all rows, while their writers go on.
 *
 * Processes come first, then who owns which chunk, then the rows. So a chunk or row whose owner
 * is not among the processes belongs to one that came later, or to one that is forgotten, and
 * is left out; and what a row's process lost before it was read has been counted.
 *
 * A row is read twice, and believed when both copies have the same `life`, identity, `cells` and
 * bytes in the cells that `cells` refers to. Why that is enough, without the acquire loads that
 * a mapping would allow: each of the two words only ever grows (a generation, a count of
 * changes), so when both reads found the same one it was the current one all the time from its
 * load in the first read to its load in the second. All that time the identity did not change
 * (it is constant until `life` does), nor did the cells (one that is referred to never changes).
 * The first copy's bytes were loaded after its words if the kernel copies upwards, the second's
 * before its words if it copies downwards; being the same, both fall into that time. Only a
 * kernel that copied once one way and once the other, over a byte that changed and changed back
 * meanwhile, could deceive us. Everything else in a row is a word of its own, true at any time.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

#define TRIES 8		/* then the row is flagged as torn: we wait for nobody */

struct row_copies {
	struct st_row *first, *second;
	uint64_t index;
	bool torn;
};

static bool same_cell(const struct st_row *a, const struct st_row *b, uint32_t reference)
{
	return reference == 0 || reference > ST_CELLS ||
	       memcmp(&a->address[reference - 1], &b->address[reference - 1],
		      sizeof a->address[0]) == 0;
}

static bool is_settled(const struct st_row *a, const struct st_row *b)
{
	return memcmp(a, b, offsetof(struct st_row, state)) == 0 && a->cells == b->cells &&
	       same_cell(a, b, ST_CELLS_LOCAL(a->cells)) &&
	       same_cell(a, b, ST_CELLS_PEER(a->cells));
}

static int settle(const struct st_file *file, struct row_copies *copies,
		  struct socktab_error *error)
{
	uint64_t offset = file->rows.offset + copies->index * file->rows.stride;
	int code;

	for (int tries = 0; !is_settled(copies->first, copies->second); tries++) {
		if (tries == TRIES) {
			copies->torn = true;
			break;
		}
		memcpy(copies->first, copies->second, sizeof *copies->first);
		code = st_read(file, copies->second, sizeof *copies->second, offset, error);
		if (code < 0)
			return code;
	}
	return 0;
}

static struct socktab_row *new_row(struct st_snapshot *snapshot)
{
	size_t room = snapshot->row_room ? snapshot->row_room * 2 : 64;
	struct socktab_row *rows;

	if (snapshot->row_count < snapshot->row_room)
		return &snapshot->rows[snapshot->row_count++];
	rows = reallocarray(snapshot->rows, room, sizeof *rows);
	if (!rows)
		return NULL;
	snapshot->rows = rows;
	snapshot->row_room = room;
	return &snapshot->rows[snapshot->row_count++];
}

static bool is_row(const struct st_row *raw)
{
	uint32_t state = ST_LIFE_STATE(raw->life);

	return state == ST_OPEN || state == ST_CLOSED;
}

static void count(struct socktab_process *process, const struct socktab_row *row)
{
	process->open += row->open;
	process->totals.rx_bytes += row->rx.bytes;
	process->totals.tx_bytes += row->tx.bytes;
	process->totals.rx_calls += row->rx.calls;
	process->totals.tx_calls += row->tx.calls;
	process->totals.errors += row->rx.errors + row->tx.errors;
}

static int take_row(const struct st_file *file, struct st_snapshot *snapshot,
		    struct row_copies *copies, struct socktab_error *error)
{
	struct socktab_process *process;
	struct socktab_row *row;
	int code;

	if (!is_row(copies->first) && !is_row(copies->second))
		return 0;
	if ((code = settle(file, copies, error)) < 0)
		return code;
	if (!is_row(copies->first))
		return 0;
	/* The row knows whose it is; its chunk may have come to another process since. */
	if (!(process = st_process_find(snapshot, copies->first->owner)))
		return 0;
	if (!(row = new_row(snapshot)))
		return st_fail(error, ENOMEM, "%s: no memory for its rows", file->path);
	st_row_decode(row, copies->first, copies->second,
		      ST_REF(copies->index, ST_LIFE_GEN(copies->first->life)), process);
	row->torn |= copies->torn;
	count(process, row);
	return 0;
}

static int take_rows(const struct st_file *file, struct st_snapshot *snapshot,
		     struct st_stretch *stretch, uint64_t index, uint64_t n,
		     struct socktab_error *error)
{
	int code = st_stretch_read(stretch, file, &file->rows, index, n, error);

	for (uint64_t i = 0; code == 0 && i < n; i++) {
		struct row_copies copies = {
			.first = (void *)(stretch->first + i * stretch->stride),
			.second = (void *)(stretch->second + i * stretch->stride),
			.index = index + i,
		};

		code = take_row(file, snapshot, &copies, error);
	}
	return code;
}

static int take_chunk(const struct st_file *file, struct st_snapshot *snapshot,
		      struct st_stretch *stretch, uint64_t chunk,
		      struct socktab_error *error)
{
	uint64_t from = chunk * file->header.rows_per_chunk;
	uint64_t end = from + file->header.rows_per_chunk;
	int code = 0;

	if (end > file->rows.count)
		end = file->rows.count;
	for (uint64_t n; code == 0 && from < end; from += n) {
		n = end - from < stretch->room ? end - from : stretch->room;
		code = take_rows(file, snapshot, stretch, from, n, error);
	}
	return code;
}

static uint64_t chunks_in_use(const struct st_file *file)
{
	uint64_t high = file->header.high.chunks_high;
	uint64_t rows = file->rows.count / file->header.rows_per_chunk +
			(file->rows.count % file->header.rows_per_chunk != 0);

	if (high > file->chunks.count)
		high = file->chunks.count;
	return high < rows ? high : rows;
}

/* `owners` is a stretch of the chunk directory. */
static int take_owned(const struct st_file *file, struct st_snapshot *snapshot,
		      const struct st_stretch *owners, uint64_t chunk, uint64_t n,
		      struct st_stretch *rows, struct socktab_error *error)
{
	int code = 0;

	for (uint64_t i = 0; code == 0 && i < n; i++) {
		const struct st_chunk *entry = (void *)(owners->first + i * owners->stride);

		if (entry->owner)	/* else its rows are not even committed */
			code = take_chunk(file, snapshot, rows, chunk + i, error);
	}
	return code;
}

static int read_rows(const struct st_file *file, struct st_snapshot *snapshot,
		     struct st_stretch *owners, struct st_stretch *rows,
		     struct socktab_error *error)
{
	uint64_t high = chunks_in_use(file);
	int code = 0;

	for (uint64_t chunk = 0, n; code == 0 && chunk < high; chunk += n) {
		n = high - chunk < owners->room ? high - chunk : owners->room;
		code = st_read(file, owners->first, n * owners->stride,
			       file->chunks.offset + chunk * owners->stride, error);
		if (code == 0)
			code = take_owned(file, snapshot, owners, chunk, n, rows, error);
	}
	return code;
}

static int take_all_rows(const struct st_file *file, struct st_snapshot *snapshot,
			 struct socktab_error *error)
{
	struct st_stretch owners = { 0 }, rows = { 0 };
	int code = st_stretch_alloc(&owners, &file->chunks, error);

	if (code == 0)
		code = st_stretch_alloc(&rows, &file->rows, error);
	if (code == 0)
		code = read_rows(file, snapshot, &owners, &rows, error);
	st_stretch_free(&owners);
	st_stretch_free(&rows);
	return code;
}

int st_snapshot_take(const struct st_file *file, struct st_snapshot *snapshot,
		     struct socktab_error *error)
{
	int code;

	memset(snapshot, 0, sizeof *snapshot);
	st_vantage_take(&snapshot->vantage, &file->header);
	code = st_processes_read(file, snapshot, error);
	if (code == 0)
		code = take_all_rows(file, snapshot, error);
	if (code == 0 && (st_rows_join(snapshot) < 0 || st_snapshot_order(snapshot) < 0))
		code = st_fail(error, ENOMEM, "%s: no memory for its rows", file->path);
	if (code < 0)
		st_snapshot_free(snapshot);
	return code;
}

void st_snapshot_free(struct st_snapshot *snapshot)
{
	free(snapshot->processes);
	free(snapshot->process_order);
	free(snapshot->rows);
	free(snapshot->row_order);
	memset(snapshot, 0, sizeof *snapshot);
}
