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

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

/* What a gap is about, not how large it is. */
static int by_subject(const void *va, const void *vb)
{
	const struct gap *a = va, *b = vb;
	int order = ORDER(a->pid, b->pid);

	if (!order)
		order = ORDER(a->fd, b->fd);
	if (!order)
		order = ORDER(a->kind, b->kind);
	if (!order)
		order = ORDER(a->cookie, b->cookie);
	if (!order)
		order = ORDER(a->inode, b->inode);
	return order ? order : strcmp(a->what, b->what);
}

void gaps_keep_common(struct gaps *gaps, struct gaps *others)
{
	size_t kept = 0;

	if (others->count)
		qsort(others->at, others->count, sizeof(*others->at), by_subject);
	for (size_t i = 0; others->count && i < gaps->count; i++)
		if (bsearch(&gaps->at[i], others->at, others->count, sizeof(*others->at),
			    by_subject))
			gaps->at[kept++] = gaps->at[i];
	gaps->count = kept;
}

void gaps_free(struct gaps *gaps)
{
	free(gaps->at);
	*gaps = (struct gaps){ 0 };
}
