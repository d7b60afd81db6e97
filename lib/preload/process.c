/* SPDX-License-Identifier: MIT
 *
 * Here we take a process slot: at start, after a fork, and the same one again after an exec.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "preload/clock.h"
#include "preload/descriptors.h"
#include "preload/kernel.h"
#include "preload/record.h"
#include "preload/rows.h"
#include "preload/table.h"
#include "preload/text.h"

#define FRESH_FIRST	256u		/* slots: below that no dead process is forgotten */
#define LOOK_AT		64u		/* slots to look at before a fresh one is taken */

static uint64_t namespace_of(const char *path)
{
	struct stat st;

	return kernel_stat(path, &st) ? 0 : (uint64_t)st.st_ino;
}

static uint32_t slots_in_use(void)
{
	uint32_t high = load_acquire(&table.header->high.processes_high);

	return high < table.process_count ? high : table.process_count;
}

/* --------------------------------------------------------------------- taking a slot --- */

/* True when nobody writes to this slot or its rows any more. Asking about a pid means something
 * only among processes that see the same pids. Even a process that said that it exits may run
 * other libraries' destructors for a while: where it cannot be asked for, it is given a minute. */
bool process_is_dead(const struct st_process *process, uint64_t life, uint64_t pidns)
{
	if (ST_LIFE_STATE(life) != ST_OPEN && ST_LIFE_STATE(life) != ST_CLOSED)
		return false;
	if (pidns && process->pidns == pidns)
		return kernel_kill(process->pid, 0) == -ESRCH;
	return ST_LIFE_STATE(life) == ST_CLOSED &&
	       load_relaxed(&process->ended_ns) + 60 * UINT64_C(1000000000) < clock_now();
}

/* What is counted in a slot that is taken again must not be lost with it. */
static void totals_move(struct st_totals *to, const struct st_totals *from)
{
	add_relaxed(&to->opened, from->opened);
	add_relaxed(&to->closed, from->closed);
	add_relaxed(&to->rx_bytes, from->rx_bytes);
	add_relaxed(&to->tx_bytes, from->tx_bytes);
	add_relaxed(&to->rx_calls, from->rx_calls);
	add_relaxed(&to->tx_calls, from->tx_calls);
	add_relaxed(&to->errors, from->errors);
}

static void slot_use(struct st_process *slot, uint64_t life)
{
	table.self_ref = ST_REF(slot - table.processes, ST_LIFE_GEN(life) + 1);
	if (ST_LIFE_STATE(life) == ST_FREE)
		return;
	totals_move(&table.header->gone, &slot->totals);
	for (int i = 0; i < ST_LOST_MAX; i++)
		add_relaxed(&table.header->lost[i], slot->lost[i]);
}

/* The winner of the compare-and-swap has the slot; until it is ST_OPEN nobody reads it. */
static bool slot_take(struct st_process *slot, uint64_t life)
{
	uint64_t expected = life;

	if (!cas_acq_rel(&slot->life, &expected, ST_LIFE(ST_LIFE_GEN(life) + 1, ST_FILLING)))
		return false;
	slot_use(slot, life);
	memset((char *)slot + sizeof(slot->life), 0, sizeof(*slot) - sizeof(slot->life));
	return true;
}

static struct st_process *slot_take_fresh(void)
{
	uint32_t high = slots_in_use();

	for (uint32_t i = high; i < table.process_count; i++) {
		struct st_process *slot = &table.processes[i];
		uint64_t life;
		bool taken;

		if (!table_commit(slot, sizeof(*slot)))
			return NULL;
		life = load_acquire(&slot->life);
		taken = ST_LIFE_STATE(life) == ST_FREE && slot_take(slot, life);
		while (high <= i &&
		       !cas_acq_rel(&table.header->high.processes_high, &high, i + 1))
			;
		if (taken)
			return slot;
	}
	return NULL;
}

/* The slot of a dead process, longest dead first or nearly so: the hand goes round. */
static struct st_process *slot_take_old(uint32_t count, uint64_t pidns)
{
	uint32_t high = slots_in_use();
	uint32_t hand = load_relaxed(&table.header->high.process_hand);

	for (uint32_t i = 0; i < count && i < high; i++) {
		uint32_t at = (hand + i) % high;
		struct st_process *slot = &table.processes[at];
		uint64_t life = load_acquire(&slot->life);

		if (!process_is_dead(slot, life, pidns) || !slot_take(slot, life))
			continue;
		store_relaxed(&table.header->high.process_hand, at + 1);
		return slot;
	}
	store_relaxed(&table.header->high.process_hand, hand + count);
	return NULL;
}

/* Takes a slot and fills what a start and a fork have in common. */
static struct st_process *slot_claim(uint64_t pidns)
{
	struct st_process *slot = NULL;

	if (slots_in_use() >= FRESH_FIRST)
		slot = slot_take_old(LOOK_AT, pidns);
	if (!slot)
		slot = slot_take_fresh();
	if (!slot)
		slot = slot_take_old(UINT32_MAX, pidns);
	if (!slot)
		return NULL;
	slot->pid = table.pid;
	slot->ppid = kernel_getppid();
	slot->uid = kernel_geteuid();
	slot->pidns = pidns;
	slot->netns = namespace_of("/proc/self/ns/net");
	slot->attached_boot_ns = clock_read(CLOCK_BOOTTIME);
	slot->attached_ns = slot->image_ns = clock_now();
	slot->exit_status = -1;
	slot->flags = table.rows ? 0 : ST_PROCESS_NO_ROWS;
	return slot;
}

/* Takes over the chunks that the slot's dead process left, and shows the slot. */
static void slot_publish(struct st_process *slot)
{
	uint32_t generation = ST_REF_GEN(table.self_ref);

	table.self = slot;
	if (generation > 1)
		chunks_of(ST_REF(slot - table.processes, generation - 1), rows_found);
	/* Pairs with every load of a slot's `life`. */
	store_release(&slot->life, ST_LIFE(generation, ST_OPEN));
}

/* ------------------------------------------------------------------------------ at start --- */

static void arguments_note(struct st_process *slot, int argc, char **argv)
{
	size_t room = sizeof(slot->cmdline), at = 0;

	memset(slot->cmdline, 0, room);
	for (int i = 0; i < argc && argv[i] && at < room; i++) {
		size_t len = strnlen(argv[i], room - at - 1);

		memcpy(slot->cmdline + at, argv[i], len);
		at += len + 1;
	}
}

static void comm_note(struct st_process *slot)
{
	kernel_call(SYS_prctl, PR_GET_NAME, (long)slot->comm, 0, 0, 0, 0);
	slot->comm[sizeof(slot->comm) - 1] = '\0';
}

/* When this process started, CLOCK_BOOTTIME ns: field 22 of proc_pid_stat(5), in clock ticks of a
 * hundredth of a second. 0: /proc does not tell. */
static uint64_t start_of_this_process(void)
{
	char stat[512];
	int fd = kernel_openat(AT_FDCWD, "/proc/self/stat", O_RDONLY | O_CLOEXEC, 0);
	long got = fd < 0 ? 0 : kernel_read(fd, stat, sizeof(stat) - 1);
	const char *at;

	if (fd >= 0)
		kernel_close(fd);
	stat[got > 0 ? got : 0] = '\0';
	at = strrchr(stat, ')');	/* ends field 2, which may hold spaces */
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	return at ? text_number(at + 1, &at) * 10000000u : 0;
}

/* Of the slots in use of this pid the one that was attached last: earlier ones are of former
 * holders of the pid, that were killed. */
static struct st_process *slot_find(pid_t pid, uint64_t pidns)
{
	uint32_t high = slots_in_use();
	struct st_process *found = NULL;

	for (uint32_t i = 0; pid > 0 && i < high; i++) {
		struct st_process *slot = &table.processes[i];

		if (ST_LIFE_STATE(load_acquire(&slot->life)) != ST_OPEN || slot->pid != pid ||
		    slot->pidns != pidns)
			continue;
		if (!found || slot->attached_boot_ns > found->attached_boot_ns)
			found = slot;
	}
	return found;
}

/* The kernel gives each image sixteen random bytes: getauxval(3), AT_RANDOM. */
static void image_id(uint64_t id[2])
{
	const void *random = (const void *)getauxval(AT_RANDOM);

	id[0] = id[1] = 0;
	if (random)
		memcpy(id, random, 2 * sizeof(id[0]));
}

static bool slot_is_of_this_image(const struct st_process *slot)
{
	uint64_t id[2];

	image_id(id);
	return id[0] && slot->image_id[0] == id[0] && slot->image_id[1] == id[1];
}

/* True for the slot that this very process had before it executed this program: its process had
 * not started later than ours. */
static bool slot_was_ours(const struct st_process *slot)
{
	uint64_t start = start_of_this_process();

	return start ? start <= slot->attached_boot_ns : slot->exec_ns != 0;
}

static uint64_t slot_ref(const struct st_process *slot)
{
	return slot ? ST_REF(slot - table.processes, ST_LIFE_GEN(load_relaxed(&slot->life))) : 0;
}

static void process_resumed(struct st_process *slot)
{
	table.self_ref = slot_ref(slot);
	table.self = slot;
	slot->execs++;
	slot->uid = kernel_geteuid();
	slot->flags = table.rows ? 0 : ST_PROCESS_NO_ROWS;
	store_relaxed(&slot->image_ns, clock_now());
	store_relaxed(&slot->exec_ns, 0);
	chunks_of(table.self_ref, rows_found);
}

void process_started(int argc, char **argv)
{
	uint64_t pidns = namespace_of("/proc/self/ns/pid");
	struct st_process *slot;
	bool resumed;

	table.pid = kernel_getpid();
	slot = slot_find(table.pid, pidns);
	if (slot && slot_is_of_this_image(slot)) {
		table.header = NULL;	/* another copy of this module is at work here already */
		return;
	}
	resumed = slot && slot_was_ours(slot);
	if (resumed)
		process_resumed(slot);
	else
		slot = slot_claim(pidns);
	if (!slot) {
		add_relaxed(&table.header->lost[ST_LOST_PROCESSES], 1);
		return;
	}
	image_id(slot->image_id);
	arguments_note(slot, argc, argv);
	comm_note(slot);
	if (!resumed) {
		slot->parent = slot_ref(slot_find(slot->ppid, pidns));
		slot_publish(slot);
	}
	record_inherited(resumed ? ST_ORIGIN_EXEC : ST_ORIGIN_INHERITED);
}

/* ------------------------------------------------------------------------- afterwards --- */

/* Without /proc the namespace is the parent's, if the parent is in sight at all. */
static uint64_t namespace_of_child(const struct st_process *parent)
{
	uint64_t pidns = namespace_of("/proc/self/ns/pid");

	return pidns ? pidns : kernel_getppid() == parent->pid ? parent->pidns : 0;
}

static void attach_forked(void)
{
	struct st_process *parent = table.self;
	uint64_t parent_ref = table.self_ref;
	struct st_process *slot;

	table.self = NULL;
	table.pid = kernel_getpid();
	slot = parent && table.pid > 0 ? slot_claim(namespace_of_child(parent)) : NULL;
	if (!slot) {
		if (table.header)
			add_relaxed(&table.header->lost[ST_LOST_PROCESSES], 1);
		descriptors_forget();
		return;
	}
	slot->parent = parent_ref;
	memcpy(slot->image_id, parent->image_id, sizeof(slot->image_id));
	memcpy(slot->comm, parent->comm, sizeof(slot->comm));
	memcpy(slot->cmdline, parent->cmdline, sizeof(slot->cmdline));
	slot->flags = parent->flags;
	slot_publish(slot);
	record_forked();
}

/* The one place where signals are held back: a handler that jumped out of it would leave a child
 * that is never recorded. */
void process_forked(void)
{
	uint64_t all = ~UINT64_C(0), former = 0;
	bool held = !kernel_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, (long)&former,
				 sizeof(all), 0, 0);

	table.forking = true;
	thread_forked();
	rows_forget();
	attach_forked();
	table.forking = false;
	*fork_mark = 1;
	if (held)
		kernel_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&former, 0, sizeof(former), 0,
			    0);
}

void process_exited(int status)
{
	if (!table_is_ours())
		return;
	store_relaxed(&table.self->exit_status, status);
	store_relaxed(&table.self->ended_ns, clock_now());
	store_release(&table.self->life, ST_LIFE(ST_REF_GEN(table.self_ref), ST_CLOSED));
}

void process_execs(void)
{
	if (table_is_ours())
		store_relaxed(&table.self->exec_ns, clock_now());
}

void process_exec_failed(void)
{
	if (table_is_ours())
		store_relaxed(&table.self->exec_ns, 0);
}

/* Only the main thread's name is the process's, as in /proc/PID/comm. */
void process_renamed(const char *comm)
{
	if (table_is_ours() && thread_id() == table.pid)
		strncpy(table.self->comm, comm, sizeof(table.self->comm) - 1);
}

void process_flag(uint32_t flag)
{
	if (table_is_ours())
		or_relaxed(&table.self->flags, flag);
}
