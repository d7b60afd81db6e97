/* SPDX-License-Identifier: MIT
 *
 * Here we hold the table.
 */
#include "config.h"

#include "preload/kernel.h"
#include "preload/table.h"

static volatile uint32_t unwiped = 1;	/* on a kernel that does not wipe */
static const char many_threads;

volatile uint32_t *fork_mark = &unwiped;
struct table table = { .single_threaded = &many_threads };

/* A signal may be handled in the parent while vfork.S has counted up and the kernel has not yet
 * made the child: only the pid tells. Where it cannot be asked, keep out. */
static bool is_vfork_child(void)
{
	return vfork_frames.depth && kernel_getpid() != table.pid;
}

/* A mark that is wiped is a fork's, also where the thread that forked was a vfork child. */
bool table_settle(void)
{
	if (*fork_mark)
		return !thread_is_apart && !is_vfork_child();
	if (table.forking)
		return false;
	process_forked();
	return true;
}

void table_child(void)
{
	if (!table.header)
		return;
	if (fork_mark == &unwiped)
		unwiped = 0;
	table_settle();
}

void table_lost(enum st_loss kind)
{
	if (table.self)
		add_relaxed(&table.self->lost[kind], 1);
	else if (table.header)
		add_relaxed(&table.header->lost[kind], 1);
}

/* A write to a page that a full tmpfs cannot give ends in SIGBUS. This asks for the pages first:
 * madvise(2), MADV_POPULATE_WRITE, fails with EFAULT where a write would have been killed. On a
 * kernel without it (EINVAL) the file was allocated whole when it was made. */
bool table_commit(void *from, size_t size)
{
	uintptr_t start = (uintptr_t)from & ~(uintptr_t)4095;
	uintptr_t end = ((uintptr_t)from + size + 4095) & ~(uintptr_t)4095;
	int error = kernel_madvise((void *)start, end - start, MADV_POPULATE_WRITE);

	return error == 0 || error == -EINVAL;
}
