/* SPDX-License-Identifier: MIT
 *
 * A gap: one difference between the table and the kernel, with both of their words.
 */
#ifndef GAP_H
#define GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct socktab;

enum gap_kind {
	GAP_MISSING,	/* a descriptor that has no row */
	GAP_GHOST,	/* an open row of a descriptor that is not */
	GAP_STALE,	/* state or an address differ */
	GAP_UNSEEN,	/* bytes that passed no wrapper */
	GAP_EXCESS,	/* bytes that the kernel did not move */
	GAP_BLIND,	/* a process that the module is not in */
	GAP_UNJUDGED,	/* a process that could not be compared */
	GAP_LOST,	/* what the module itself says that it could not record */
	GAP_KINDS
};

struct gap {
	enum gap_kind kind;
	const char *what;	/* "rx", "tx", "state", "local", "peer"; "": nothing */
	bool unsure;		/* there may be another explanation: not held against the table */
	const struct socktab *table;
	pid_t pid;		/* 0: of the session as a whole */
	int fd;			/* -1: of the process as a whole */
	char comm[16], proto[32];
	uint64_t cookie, inode;	/* 0: not known */
	uint64_t bytes;		/* unseen or in excess */
	char kernel[128], says[128];	/* what the kernel says, what the table says */
	char why[512];
};

struct gaps {
	struct gap *at;
	size_t count;
};

/* "missing", "ghost", ... */
const char *gap_kind_name(enum gap_kind kind);

/* A new one, zeroed but for these; to be filled before the next is added. */
struct gap *gaps_add(struct gaps *gaps, enum gap_kind kind, const char *what);

/* Leaves those that are among the `others`, too, which it sorts. Both are of one table. */
void gaps_keep_common(struct gaps *gaps, struct gaps *others);

void gaps_free(struct gaps *gaps);

#endif
