/* SPDX-License-Identifier: MIT
 *
 * Here we read the process slots and tell who lives.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

#define BLIND_NS 100000000	/* an exec that was not heard of for so long */

static uint64_t id_of(const struct st_process *slot, uint64_t index)
{
	return ST_REF(index, ST_LIFE_GEN(slot->life));
}

static int64_t moment(uint64_t ns)
{
	return ns > INT64_MAX ? 0 : (int64_t)ns;
}

static bool is_whole(const struct st_process *slot)
{
	uint32_t state = ST_LIFE_STATE(slot->life);

	return state == ST_OPEN || state == ST_CLOSED;
}

/* Arguments come each ended by NUL; the last may have been cut. */
static void take_cmdline(char *out, const char *cmdline)
{
	size_t len = ST_CMDLINE_MAX - 1;

	while (len > 0 && cmdline[len - 1] == '\0')
		len--;
	for (size_t i = 0; i < len; i++)
		out[i] = cmdline[i] ? cmdline[i] : ' ';
	out[len] = '\0';
}

static struct socktab_totals take_totals(const struct st_totals *totals)
{
	return (struct socktab_totals) {
		.opened = totals->opened, .closed = totals->closed,
		.rx_bytes = totals->rx_bytes, .tx_bytes = totals->tx_bytes,
		.rx_calls = totals->rx_calls, .tx_calls = totals->tx_calls,
		.errors = totals->errors,
	};
}

static void take_flags(struct socktab_process *process, const struct st_process *slot,
		       int64_t now_ns)
{
	int64_t exec_ns = moment(slot->exec_ns);

	process->quiet = slot->flags & ST_PROCESS_QUIET;
	process->no_rows = slot->flags & ST_PROCESS_NO_ROWS;
	process->unshared = slot->flags & ST_PROCESS_UNSHARED;
	process->word32 = slot->flags & ST_PROCESS_WORD32;
	process->blind = process->life == SOCKTAB_ALIVE && exec_ns != 0 &&
			 now_ns - exec_ns > BLIND_NS;
}

static void decode(struct socktab_process *process, const struct st_process *slot, uint64_t id,
		   enum socktab_life life, int64_t now_ns)
{
	memset(process, 0, sizeof *process);
	process->id = id;
	process->parent = slot->parent;
	process->life = life;
	process->pid = slot->pid;
	process->ppid = slot->ppid;
	process->uid = slot->uid;
	memcpy(process->comm, slot->comm, ST_COMM_MAX);
	process->comm[ST_COMM_MAX - 1] = '\0';
	take_cmdline(process->cmdline, slot->cmdline);
	process->pidns = slot->pidns;
	process->netns = slot->netns;
	process->execs = slot->execs;
	process->exit_status = life == SOCKTAB_EXITED ? slot->exit_status : -1;
	process->attached_ns = moment(slot->attached_ns);
	process->image_ns = moment(slot->image_ns);
	process->ended_ns = moment(slot->ended_ns);
	process->totals = take_totals(&slot->totals);
	st_losses_add(&process->losses, slot->lost);
	take_flags(process, slot, now_ns);
}

/* A process says that it exits before it is gone: who is gone by now but was open a moment ago
 * may have said so in between. */
static int judge(const struct st_file *file, const struct st_vantage *vantage,
		 struct st_process *slot, uint64_t index, enum socktab_life *life,
		 struct socktab_error *error)
{
	struct st_process later;
	int code;

	*life = st_life_of(vantage, slot);
	if (*life != SOCKTAB_GONE)
		return 0;
	code = st_read(file, &later, sizeof later,
		       file->processes.offset + index * file->processes.stride, error);
	if (code < 0 || ST_LIFE_GEN(later.life) != ST_LIFE_GEN(slot->life) ||
	    ST_LIFE_STATE(later.life) != ST_CLOSED)
		return code;
	*slot = later;
	*life = SOCKTAB_EXITED;
	return 0;
}

static int take_slot(const struct st_file *file, struct st_snapshot *snapshot,
		     struct st_process *slot, uint64_t index, struct socktab_error *error)
{
	struct socktab_process *process = &snapshot->processes[snapshot->process_count];
	enum socktab_life life;
	int code = judge(file, &snapshot->vantage, slot, index, &life, error);

	if (code < 0)
		return code;
	decode(process, slot, id_of(slot, index), life, snapshot->vantage.mono_ns);
	st_losses_add(&snapshot->losses, slot->lost);
	snapshot->process_count++;
	return 0;
}

/* A slot that is taken anew between two reads is left to the next snapshot. */
static int take_stretch(const struct st_file *file, struct st_snapshot *snapshot,
			struct st_stretch *stretch, uint64_t index, uint64_t count,
			struct socktab_error *error)
{
	int code = st_stretch_read(stretch, file, &file->processes, index, count, error);

	for (uint64_t i = 0; code == 0 && i < count; i++) {
		struct st_process *slot = (void *)(stretch->first + i * stretch->stride);
		struct st_process *again = (void *)(stretch->second + i * stretch->stride);

		if (is_whole(slot) && ST_LIFE_GEN(slot->life) == ST_LIFE_GEN(again->life))
			code = take_slot(file, snapshot, slot, index + i, error);
	}
	return code;
}

static int take_all(const struct st_file *file, struct st_snapshot *snapshot, uint64_t high,
		    struct socktab_error *error)
{
	struct st_stretch stretch;
	int code = st_stretch_alloc(&stretch, &file->processes, error);

	for (uint64_t i = 0; code == 0 && i < high; i += stretch.room) {
		uint64_t count = high - i < stretch.room ? high - i : stretch.room;

		code = take_stretch(file, snapshot, &stretch, i, count, error);
	}
	st_stretch_free(&stretch);
	return code;
}

int st_processes_read(const struct st_file *file, struct st_snapshot *snapshot,
		      struct socktab_error *error)
{
	uint64_t high = file->header.high.processes_high;

	if (high > file->processes.count)
		high = file->processes.count;
	st_losses_add(&snapshot->losses, file->header.lost);
	snapshot->processes = calloc(high ? high : 1, sizeof *snapshot->processes);
	if (!snapshot->processes)
		return st_fail(error, ENOMEM, "%s: no memory for its processes", file->path);
	return take_all(file, snapshot, high, error);
}

static int by_id(const void *key, const void *element)
{
	uint64_t a = *(const uint64_t *)key, b = ((const struct socktab_process *)element)->id;

	return (a > b) - (a < b);
}

struct socktab_process *st_process_find(const struct st_snapshot *snapshot, uint64_t id)
{
	return bsearch(&id, snapshot->processes, snapshot->process_count,
		       sizeof *snapshot->processes, by_id);
}

size_t socktab_process_count(const struct socktab *table)
{
	return table->snapshot.process_count;
}

const struct socktab_process *socktab_process(const struct socktab *table, size_t i)
{
	const struct st_snapshot *snapshot = &table->snapshot;

	return i < snapshot->process_count ?
	       &snapshot->processes[snapshot->process_order[i]] : NULL;
}

const struct socktab_process *socktab_process_by_id(const struct socktab *table, uint64_t id)
{
	return st_process_find(&table->snapshot, id);
}
