/* SPDX-License-Identifier: MIT
 *
 * An audit goes in rounds. A round reads the table, then the kernel, then the table again: what
 * the kernel says has to lie between the two. A gap that not every round finds was a race with
 * the running program.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "gap.h"
#include "kernel.h"
#include "pids.h"
#include "socktab.h"

/* A live process: of the session, or a child of one that is not in it. */
struct member {
	const struct socktab_process *process;	/* of the second reading; NULL: not in it */
	const struct kernel_process *kernel;	/* NULL: we do not see it */
	struct kernel_holdings holdings;
	int error;		/* -errno: its descriptors cannot be read */
	int mapped;		/* 1: the module is in it, 0: not, -errno */
	const struct kernel_sockets *sockets;	/* of its network; NULL: see sockets_error */
	int sockets_error;
	size_t rows;		/* that are open */
	size_t unverified;	/* sockets that sock_diag has nothing about */
};

struct network {		/* a network namespace */
	uint64_t inode;
	struct kernel_sockets *sockets;
	int error;
};

/* An open row of one of the two readings, to be found by its descriptor. */
struct held {
	uint64_t process;
	int fd;
	const struct socktab_row *row;
};

struct held_list {
	struct held *at;
	size_t count;
};

struct round {
	struct socktab *before, *after;
	struct kernel_process *processes;
	size_t process_count;
	struct member *members;
	size_t member_count;
	struct network *networks;
	size_t network_count;
	struct held_list held_before, held_after;
	struct gaps gaps;
};

/* Takes both readings. 0, or -errno with a line in `error`; free in either case. */
int round_take(struct round *round, const struct pids *pids, struct socktab_error *error);
void round_free(struct round *round);	/* but its tables */

/* NULL: there is none of that pid, as we see it. */
const struct kernel_process *round_process(const struct round *round, pid_t pid);

/* The rows that say that a process holds this descriptor: they stand side by side. */
const struct held *held_find(const struct held_list *list, uint64_t process, int fd,
			     size_t *count);

/* --- the comparisons; each adds to round->gaps */

void compare_descriptors(struct round *round, struct member *member);
void compare_facts(struct round *round, struct member *member, const struct socktab_row *before,
		   const struct socktab_row *after, const struct kernel_socket *kernel);
void compare_bytes(struct round *round, const struct pids *pids);
void compare_processes(struct round *round, const struct pids *pids);

/* Whether one of the holders that we look at is inside of a call that does that to a socket: what
 * it does is recorded when it returns. */
bool is_under_way(const struct round *round, uint64_t cookie, enum kernel_act act);

/* Of the process that holds it, or held it last; NULL: we do not look at that one. */
const struct member *member_of(const struct round *round, const struct socktab_row *row);

/* Whether both name the same address, in whatever spelling. */
bool same_address(const struct socktab_address *a, const struct socktab_address *b);

/* Whether a socket that is in one state for the program may be in the other for the kernel, which
 * hears of the peer before the program does. */
bool states_agree(const struct socktab_row *row, unsigned int kernel);

/* The protocol that a row's socket has, when it was asked for by 0. */
int row_protocol(const struct socktab_row *row);

/* Gaps with what all of them say. */
struct gap *gap_of_member(struct round *round, const struct member *member, enum gap_kind kind,
			  const char *what);
struct gap *gap_of_row(struct round *round, const struct member *member, enum gap_kind kind,
		       const char *what, const struct socktab_row *row);

/* --- why; each writes gap->why */

void why_missing(const struct round *round, const struct member *member, struct gap *gap);
void why_ghost(const struct member *member, struct gap *gap);
void why_stale(const struct member *member, const struct socktab_row *row, struct gap *gap);
void why_unseen(const struct round *round, const struct member *member, struct gap *gap);
void why_blind(const struct member *member, struct gap *gap);

/* --- the page */

struct view;
struct column_list;
struct source;

void audit_print(const struct view *view, const struct column_list *columns,
		 const struct source *source, const struct round *rounds);

#endif
