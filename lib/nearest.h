/* SPDX-License-Identifier: MIT
 *
 * Did you mean ...?
 */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/* Remembers the best of the candidates that it was shown. */
struct nearest {
	const char *word;	/* what was written */
	const char *best;	/* NULL: nothing is near */
	size_t distance;
};

void nearest_try(struct nearest *nearest, const char *candidate);

/* Writes ": did you mean 'x'?" to buf, or nothing; answers buf. */
const char *nearest_hint(const struct nearest *nearest, char *buf, size_t size);

#endif
