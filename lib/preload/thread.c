/* SPDX-License-Identifier: MIT
 *
 * Here we keep the little that belongs to one thread.
 */
#include "config.h"

#include <stddef.h>

#include "preload/kernel.h"
#include "preload/thread.h"

__thread struct vfork_frames vfork_frames INITIAL_EXEC;
__thread bool thread_is_apart INITIAL_EXEC;
_Static_assert(offsetof(struct vfork_frames, quiet) == 72, "VFORK_QUIET of vfork.S");
static __thread pid_t id INITIAL_EXEC;

pid_t thread_id(void)
{
	pid_t got;

	if (id)
		return id;
	got = kernel_gettid();
	if (got > 0)
		id = got;
	return id;
}

void thread_forked(void)
{
	id = 0;
	vfork_frames.depth = 0;
	vfork_frames.quiet = false;
	thread_is_apart = false;	/* it is alone, and its table is the process's */
}
