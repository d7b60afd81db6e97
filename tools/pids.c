/* SPDX-License-Identifier: MIT
 *
 * Here we read lists of process ids.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "option.h"
#include "pids.h"

void pids_add(void *field, const char *words)
{
	char *copy = strdup(words), *rest, *word;
	struct pids *pids = field;

	if (!copy)
		abort();
	for (word = strtok_r(copy, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
		if (pids->count == PIDS_MAX)
			wrong_usage("more than %d pids", PIDS_MAX);
		pids->list[pids->count++] = (pid_t)option_number(word, INT32_MAX, "pid");
	}
	if (!pids->count)
		wrong_usage("'%s' names no pid", words);
	free(copy);
}

bool pids_has(const struct pids *pids, pid_t pid)
{
	for (size_t i = 0; i < pids->count; i++)
		if (pids->list[i] == pid)
			return true;
	return !pids->count;
}
