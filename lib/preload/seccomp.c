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
	if (kernel_quiet)
		return false;
	if (table_is_ours()) {
		thread_id();
		rows_reserve();
	}
	kernel_quiet = true;
	process_flag(ST_PROCESS_QUIET);
	return true;
}

void seccomp_failed(bool began)
{
	if (!began)
		return;
	kernel_quiet = false;
	if (table_is_ours())
		and_relaxed(&table.self->flags, ~ST_PROCESS_QUIET);
}
