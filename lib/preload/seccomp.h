/* SPDX-License-Identifier: MIT
 *
 * Here we notice that the program locks itself in by seccomp(2). From then on the module makes no
 * system call of its own; what it may need later it takes beforehand.
 */
#ifndef SOCKTAB_PRELOAD_SECCOMP_H
#define SOCKTAB_PRELOAD_SECCOMP_H

#include <stdbool.h>

/* Before a call that may install a filter: true when it may. */
bool seccomp_begins(void);

/* After it failed: as before. */
void seccomp_failed(bool began);

#endif
