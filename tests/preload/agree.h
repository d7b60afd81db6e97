/* SPDX-License-Identifier: MIT
 *
 * The table held against the kernel: every socket of every process has its row, every open row
 * its socket, and both tell the same of it.
 */
#ifndef AGREE_H
#define AGREE_H

#include "complaints.h"
#include "socktab.h"

/* Of all processes below this one. `tolerate` as in run.h. */
void agree_with_kernel(const struct socktab *table, unsigned tolerate,
		       struct complaints *complaints);

/* The same, where these processes are all that hold sockets of the table. Returns how many they
 * hold. */
size_t agree_of(const struct socktab *table, const pid_t *pids, size_t processes, unsigned tolerate,
		struct complaints *complaints);

/* An open row, NULL: none. */
const struct socktab_row *open_row(const struct socktab *table, pid_t pid, int fd);

#endif
