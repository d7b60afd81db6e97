/* SPDX-License-Identifier: MIT
 *
 * The table held against the kernel: every socket of every process has its row, every open row
 * its socket, and both tell the same of it.
 */
#ifndef AGREE_H
#define AGREE_H

#include "complaints.h"
#include "socktab.h"

/* `tolerate` as in run.h. */
void agree_with_kernel(const struct socktab *table, unsigned tolerate,
		       struct complaints *complaints);

/* An open row, NULL: none. */
const struct socktab_row *open_row(const struct socktab *table, pid_t pid, int fd);

#endif
