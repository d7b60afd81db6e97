/* SPDX-License-Identifier: MIT
 *
 * Here we put processes in order of attaching, and rows in order of process and opening.
 */
#include <stdlib.h>

#include "reader.h"

struct sort_key {
	uint32_t process;	/* its place in the order */
	uint32_t element;	/* index; the last resort, so that the order is total */
	int64_t moment;
};

static int compare(const void *left, const void *right)
{
	const struct sort_key *a = left, *b = right;

	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	if (a->moment != b->moment)
		return a->moment < b->moment ? -1 : 1;
	return (a->element > b->element) - (a->element < b->element);
}

/* Sorts keys and answers their elements; frees the keys. */
static uint32_t *sorted(struct sort_key *keys, size_t count)
{
	uint32_t *order = calloc(count + 1, sizeof *order);

	if (order) {
		qsort(keys, count, sizeof *keys, compare);
		for (size_t i = 0; i < count; i++)
			order[i] = keys[i].element;
	}
	free(keys);
	return order;
}

static uint32_t *order_processes(const struct st_snapshot *snapshot)
{
	struct sort_key *keys = calloc(snapshot->process_count + 1, sizeof *keys);

	if (!keys)
		return NULL;
	for (size_t i = 0; i < snapshot->process_count; i++)
		keys[i] = (struct sort_key) {
			.element = (uint32_t)i,
			.moment = snapshot->processes[i].attached_ns,
		};
	return sorted(keys, snapshot->process_count);
}

static uint32_t *order_rows(const struct st_snapshot *snapshot, const uint32_t *place)
{
	struct sort_key *keys = calloc(snapshot->row_count + 1, sizeof *keys);

	if (!keys)
		return NULL;
	for (size_t i = 0; i < snapshot->row_count; i++) {
		const struct socktab_row *row = &snapshot->rows[i];
		const struct socktab_process *process = st_process_find(snapshot, row->process);

		keys[i] = (struct sort_key) {
			.process = place[process - snapshot->processes],
			.element = (uint32_t)i,
			.moment = row->created_ns,
		};
	}
	return sorted(keys, snapshot->row_count);
}

int st_snapshot_order(struct st_snapshot *snapshot)
{
	uint32_t *place = calloc(snapshot->process_count + 1, sizeof *place);

	snapshot->process_order = order_processes(snapshot);
	if (!place || !snapshot->process_order) {
		free(place);
		return -ENOMEM;
	}
	for (size_t i = 0; i < snapshot->process_count; i++)
		place[snapshot->process_order[i]] = (uint32_t)i;
	snapshot->row_order = order_rows(snapshot, place);
	free(place);
	return snapshot->row_order ? 0 : -ENOMEM;
}
