/* SPDX-License-Identifier: MIT
 *
 * Here we keep a list of gaps, and know one again.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "gap.h"

const char *gap_kind_name(enum gap_kind kind)
{
	static const char *const names[] = {
		[GAP_MISSING] = "missing", [GAP_GHOST] = "ghost", [GAP_STALE] = "stale",
		[GAP_UNSEEN] = "unseen", [GAP_EXCESS] = "excess", [GAP_BLIND] = "blind",
		[GAP_UNJUDGED] = "unjudged", [GAP_LOST] = "lost",
	};

	return names[kind];
}

struct gap *gaps_add(struct gaps *gaps, enum gap_kind kind, const char *what)
{
	struct gap *gap;

	if (gaps->count % 32 == 0)
		gaps->at = realloc(gaps->at, (gaps->count + 32) * sizeof(*gaps->at));
	if (!gaps->at)
		abort();
	gap = &gaps->at[gaps->count++];
	*gap = (struct gap){ .kind = kind, .what = what, .fd = -1 };
	return gap;
}

static bool is_same(const struct gap *a, const struct gap *b)
{
	return a->kind == b->kind && a->pid == b->pid && a->fd == b->fd &&
	       a->cookie == b->cookie && a->inode == b->inode && a->table == b->table &&
	       !strcmp(a->what, b->what);
}

static bool is_among(const struct gap *gap, const struct gaps *gaps)
{
	for (size_t i = 0; i < gaps->count; i++)
		if (is_same(gap, &gaps->at[i]))
			return true;
	return false;
}

void gaps_keep_common(struct gaps *gaps, const struct gaps *others)
{
	size_t kept = 0;

	for (size_t i = 0; i < gaps->count; i++)
		if (is_among(&gaps->at[i], others))
			gaps->at[kept++] = gaps->at[i];
	gaps->count = kept;
}

void gaps_free(struct gaps *gaps)
{
	free(gaps->at);
	*gaps = (struct gaps){ 0 };
}
