/* SPDX-License-Identifier: MIT
 *
 * Here we notice that the program locks itself in.
 */
#include "config.h"

#include "preload/kernel.h"
#include "preload/rows.h"
#include "preload/seccomp.h"

bool seccomp_begins(void)
{
	if (vfork_frames.depth && !table_is_ours()) {
		vfork_frames.quiet = true;	/* a vfork child's; its parent makes calls again */
		return true;
	}
	if (table_is_ours() && !kernel_is_quiet()) {
		thread_id();
		rows_reserve();
	}
	process_flag(ST_PROCESS_QUIET);
	add_relaxed(&kernel_quiet, 1);
	return true;
}

void seccomp_failed(bool began)
{
	if (!began)
		return;
	if (vfork_frames.quiet) {
		vfork_frames.quiet = false;
		return;
	}
	if (add_relaxed(&kernel_quiet, -1) == 1 && table_is_ours())
		and_relaxed(&table.self->flags, ~ST_PROCESS_QUIET);
}
