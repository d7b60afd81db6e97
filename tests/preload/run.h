/* SPDX-License-Identifier: MIT
 *
 * A program of tests/programs, run under the module and stopped at each of its checkpoints,
 * where its table is held against the kernel; and the same program run bare, which must have
 * said, answered and held the same.
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "socktab.h"

/* What the table may leave open in a test; everything else is a failure. */
enum {
	ADDRESS_UNKNOWN = 1 << 0, /* addresses, or their ports, that only the kernel knows */
	LOSSES = 1 << 1,	/* losses, and as many sockets without a row */
	NO_TABLE = 1 << 2,	/* there is none */
	BLIND = 1 << 4,		/* sockets of a program that the module is not in */
	STDERR_LINE = 1 << 3,	/* a line of the module's on stderr, at each program's start */
};

struct launch {
	const char *program;
	const char *arguments[4];
	void (*prepare)(const char *directory);	/* in the child, before it starts */
	const char *rows;	/* SOCKTAB_ROWS */
	const char *directory;	/* SOCKTAB_DIR, when not the suite's */
	bool verbose;		/* SOCKTAB_VERBOSE */
	unsigned tolerate;
};

struct run {
	struct launch launch;
	bool preloaded;
	char directory[256], session[64];
	pid_t pid;
	int to, from, errors;	/* the program's stdin, stdout, stderr */
	bool waiting;		/* at a checkpoint */
	bool peeked;		/* at the first one, of which reach has not heard yet */
	char line[1024];	/* of the last checkpoint */
	char *transcript;	/* all that must be the same in a bare run */
	size_t transcript_size;
	FILE *notes;
	int status;		/* of wait, at the end */
	struct socktab *table;
};

struct run *start(const char *program);
struct run *start_with(const struct launch *launch);

/* True when the program says that this machine cannot show the behaviour: return then. */
bool skipped(struct run *run);
/* The same, said by the test itself. */
void skip_test(const char *test, const char *why);

/* Lets the program go on to its next checkpoint, which must have this label; the table is then
 * taken anew and must agree with the kernel. */
void reach(struct run *run, const char *label);

/* Lets the program go on to its next checkpoint, whatever that is; false when it ended instead.
 * The table is not looked at. */
bool advance(struct run *run);

/* The i-th number behind the label. */
int number(const struct run *run, int i);

/* Lets the program go on and does not wait for it. */
void let_go(struct run *run);

/* Takes the table anew; that it agrees with the kernel is not asked. */
void look_again(struct run *run);

/* Forgets a run whose program has ended. */
void discard(struct run *run);

/* Lets the program end. All its rows must be closed or of ended processes, nothing be lost, and
 * a bare run must have been the same to the last byte. The table stays open. */
void finish(struct run *run);

/* Ends whatever a failed test left behind: a checked fixture. */
void clean_up_after_a_test(void);

#endif
