/* SPDX-License-Identifier: MIT
 *
 * Here we find the word that was meant. The reader library and the tool each have a copy inside.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nearest.h"

#define WORD_MAX 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int lower(char c)
{
	return tolower((unsigned char)c);
}

/* Insertions, deletions, replacements and swaps of neighbours that make b out of a. */
static size_t distance(const char *a, size_t la, const char *b, size_t lb)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= la; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= lb; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= la; i++)
		for (size_t j = 1; j <= lb; j++) {
			int ca = lower(a[i - 1]), cb = lower(b[j - 1]);

			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
					d[i - 1][j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == lower(b[j - 2]) &&
			    lower(a[i - 2]) == cb)
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[la][lb];
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
	size_t la = strlen(nearest->word), lb = strlen(candidate), near;

	if (la < 2 || la > WORD_MAX || lb > WORD_MAX)
		return;
	near = distance(nearest->word, la, candidate, lb);
	/* Half of a short word may be wrong by chance: then it is another word. */
	if (near > (la + 1) / 3 || (nearest->best && near >= nearest->distance))
		return;
	nearest->best = candidate;
	nearest->distance = near;
}

const char *nearest_hint(const struct nearest *nearest, char *buf, size_t size)
{
	buf[0] = '\0';
	if (nearest->best)
		snprintf(buf, size, ": did you mean '%s'?", nearest->best);
	return buf;
}
