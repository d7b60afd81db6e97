/* SPDX-License-Identifier: MIT
 *
 * Lists of process ids, as -p and the filter's `pid` take them.
 */
#ifndef PIDS_H
#define PIDS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define PIDS_MAX 256

struct pids {
	pid_t list[PIDS_MAX];
	size_t count;
};

/* "1,2" is added to the list; exits with wrong_usage. Fits as an option's setter. */
void pids_add(void *pids, const char *words);

/* An empty list has all. */
bool pids_has(const struct pids *pids, pid_t pid);

#endif
