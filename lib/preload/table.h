/* SPDX-License-Identifier: MIT
 *
 * Here we hold the table: where the session's file is mapped and which process slot is ours.
 */
#ifndef SOCKTAB_PRELOAD_TABLE_H
#define SOCKTAB_PRELOAD_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "abi.h"
#include "atomic.h"
#include "preload/thread.h"

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define COLD		__attribute__((noinline, cold))

struct table {
	/* NULL: not attached; set once, before `self`. */
	struct st_header *header;
	struct st_chunk *chunks;
	struct st_process *processes;
	struct st_row *rows;		/* NULL: there was no room for them */
	uint32_t chunk_count, process_count;
	/* Our slot; NULL: none, nothing is recorded. */
	struct st_process *self;
	uint64_t self_ref;
	pid_t pid;
	bool forking;			/* a forked child is setting itself up */
	/* libc's flag: not 0 while the process has one thread. */
	const char *single_threaded;
};
extern struct table table;

/* A word that is 1 in quiet times. The kernel makes it 0 in a child of any kind of fork, until
 * process_forked has done its work (MADV_WIPEONFORK); vfork.S counts it up while a vfork child of
 * any thread runs. */
extern volatile uint32_t *fork_mark;

/* True where the table may not be ours as it is. */
static inline bool table_is_strange(void)
{
	return unlikely(*fork_mark != 1);
}

/* Settles it: does a fork's work. False in a vfork child, which leaves the table alone. */
bool table_settle(void);

/* In the child of a fork that we saw. */
void table_child(void);

/* True when this call may change the table. */
static inline bool table_is_ours(void)
{
	if (table_is_strange() && !table_settle())
		return false;
	return table.self != NULL;
}

/* Counts a loss: in our slot, else in the header, where there is one. */
void table_lost(enum st_loss kind);

/* Commits memory of the mapped file: true when it may be touched without SIGBUS. */
bool table_commit(void *from, size_t size);

/* ------------------------------------------------------------------- session.c, process.c --- */

/* Maps the session's file, creating it when it is not there. Once, from the constructor. */
int session_attach(void);

/* The session as children must find it: "SOCKTAB_DIR=...", "SOCKTAB_SESSION=...", and the path
 * of this module. Empty strings: not attached. */
struct session_environment {
	char directory[512];
	char session[96];
	char module[512];
};
extern struct session_environment session_environment;

/* Takes a slot for this process, or finds the one that it had before an exec. */
void process_started(int argc, char **argv);
/* In a forked child: a slot and rows of its own. */
void process_forked(void);
void process_exited(int status);
/* Marks that an exec is being tried, and that it failed. */
void process_execs(void);
void process_exec_failed(void);
void process_renamed(const char *comm);
void process_flag(uint32_t flag);

/* True when the process of this slot will write to it no more; pidns is that of the asker. */
bool process_is_dead(const struct st_process *process, uint64_t life, uint64_t pidns);

/* ------------------------------------------------------------------------- chunks.c, rows.c --- */

/* Takes a chunk of rows for this process: its index, or -errno. */
int chunk_take(void);
/* Takes every chunk of an owner: ourselves before an exec, or a dead process. */
void chunks_of(uint64_t owner, void (*found)(uint32_t chunk));

static inline struct st_row *chunk_rows(uint32_t chunk)
{
	return table.rows + (size_t)chunk * ST_ROWS_PER_CHUNK;
}

#endif
