/* SPDX-License-Identifier: MIT
 *
 * Here we take chunks of rows for this process: fresh ones while the table is small, then those
 * that dead processes have left, then fresh ones again. So a session of many short-lived
 * processes stays small, and their recent past stays readable: a row that a dead process left
 * says whose it was, and stands until it is taken for a new descriptor.
 */
#include "config.h"

#include <errno.h>

#include "preload/rows.h"

#define FRESH_FIRST	128u		/* chunks, 4 MiB: below that the past is not touched */
#define LOOK_AT		64u		/* chunks to look at before a fresh one is taken */

static bool owner_is_dead(uint64_t owner)
{
	struct st_process *process;
	uint64_t life;

	if (!owner || owner == table.self_ref || ST_REF_INDEX(owner) >= table.process_count)
		return false;
	process = &table.processes[ST_REF_INDEX(owner)];
	life = load_acquire(&process->life);
	return ST_LIFE_GEN(life) != ST_REF_GEN(owner) ||
	       process_is_dead(process, life, table.self->pidns);
}

/* Looks at `count` chunks, from where the last one was found. */
static int take_old(uint32_t count)
{
	uint32_t high = load_relaxed(&table.header->high.chunks_high);
	uint32_t hand = load_relaxed(&table.header->high.chunk_hand);

	if (high > table.chunk_count)
		high = table.chunk_count;
	for (uint32_t i = 0; i < count && i < high; i++) {
		uint32_t chunk = (hand + i) % high;
		uint64_t owner = load_acquire(&table.chunks[chunk].owner);

		if (!owner_is_dead(owner) ||
		    !cas_acq_rel(&table.chunks[chunk].owner, &owner, table.self_ref))
			continue;
		store_relaxed(&table.header->high.chunk_hand, chunk + 1);
		return (int)chunk;
	}
	store_relaxed(&table.header->high.chunk_hand, hand + count);
	return -ENOSPC;
}

/* Commits first and takes then, so that a chunk with an owner may be touched by anyone. */
static int take_fresh(void)
{
	uint32_t high = load_relaxed(&table.header->high.chunks_high);

	for (uint32_t chunk = high; chunk < table.chunk_count; chunk++) {
		struct st_row *rows = chunk_rows(chunk);
		uint64_t nobody = 0;
		bool taken;

		if (!table_commit(rows, ST_ROWS_PER_CHUNK * sizeof(*rows)))
			return -ENOMEM;
		taken = cas_acq_rel(&table.chunks[chunk].owner, &nobody, table.self_ref);
		while (high <= chunk &&
		       !cas_relaxed(&table.header->high.chunks_high, &high, chunk + 1))
			;
		if (taken)
			return (int)chunk;
	}
	return -ENOSPC;
}

int chunk_take(void)
{
	bool small = load_relaxed(&table.header->high.chunks_high) < FRESH_FIRST;
	int chunk = small ? take_fresh() : take_old(LOOK_AT);
	int error;

	if (chunk >= 0)
		return chunk;
	error = take_fresh();
	if (error >= 0)
		return error;
	chunk = take_old(UINT32_MAX);
	return chunk >= 0 ? chunk : error;
}

void chunks_of(uint64_t owner, void (*found)(uint32_t chunk))
{
	uint32_t high = load_relaxed(&table.header->high.chunks_high);

	for (uint32_t chunk = 0; table.rows && chunk < high && chunk < table.chunk_count; chunk++) {
		uint64_t expected = owner;

		if (load_relaxed(&table.chunks[chunk].owner) == owner &&
		    cas_acq_rel(&table.chunks[chunk].owner, &expected, table.self_ref))
			found(chunk);
	}
}
