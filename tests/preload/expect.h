/* SPDX-License-Identifier: MIT
 *
 * What a row must say. A field that is not named must be zero: no test overlooks a counter that
 * moved, a time that was set, an error that was noted. What only the kernel can know (addresses,
 * cookie, inode, values of options) is held against the kernel at each checkpoint, see agree.h.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include "run.h"

/* `times` that must be set; the others must not, where the row is of a new socket. */
enum {
	BOUND = 1 << 0,
	LISTENED = 1 << 1,
	CONNECT = 1 << 2,	/* was called */
	CONNECTED = 1 << 3,	/* ended, either way */
	SHUT = 1 << 4,
};

struct traffic {
	uint64_t bytes, calls, again, errors;
	int error;		/* last_errno */
	uint32_t passed;
	uint64_t bulk;
};
#define MOVED(b, c, ...) { .bytes = (b), .calls = (c), __VA_ARGS__ }

struct expected {
	enum socktab_origin origin;	/* 0: SOCKTAB_ORIGIN_SOCKET */
	int family, type, protocol;	/* 0: AF_INET, SOCK_STREAM, 0 */
	enum socktab_state state;
	enum socktab_closer closer;	/* not 0: the row is closed */
	uint64_t parent, pair;		/* ids of rows */
	unsigned times;
	int connect_errno;
	unsigned options;		/* that are set; all others are not, as far as known */
	uint32_t sndtimeo_ms, rcvtimeo_ms, linger_s;
	bool buffers;			/* sndbuf and rcvbuf are known */
	uint32_t backlog, accepted;
	struct traffic rx, tx;
	uint64_t zerocopy;
	uint32_t holders;		/* 0: 1 of an open row, 0 of a closed one */
	uint32_t peers, groups;
	bool other_thread;		/* opened by another one than the first */
};

/* The row of a descriptor that is open, or when .closer is given the one that was closed last. */
#define expect(run, fd, ...) expect_of(run, (run)->pid, fd, __VA_ARGS__)
#define expect_of(run, pid, fd, ...) \
	expect_row(run, pid, fd, &(struct expected){ __VA_ARGS__ })
const struct socktab_row *expect_row(const struct run *run, pid_t pid, int fd,
				     const struct expected *expected);

/* Shapes that many rows have. */
#define LISTENER .state = SOCKTAB_STATE_LISTEN, .times = BOUND | LISTENED
#define CLIENT .state = SOCKTAB_STATE_ESTAB, .times = CONNECT | CONNECTED
#define UDP .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN, .times = BOUND
#define PAIR_OF(row) \
	.family = AF_UNIX, .type = (row)->type, .origin = SOCKTAB_ORIGIN_SOCKETPAIR, \
	.state = SOCKTAB_STATE_ESTAB, .pair = (row)->pair

/* The open row of a descriptor; of the first program's descriptor that is the i-th number of
 * the checkpoint. Both fail when there is none. */
const struct socktab_row *row_of(const struct run *run, pid_t pid, int fd);
const struct socktab_row *row_at(const struct run *run, int i);

/* No row of this descriptor is open. */
void expect_none(const struct run *run, pid_t pid, int fd);

/* How many closed rows this descriptor has left behind. */
size_t closed_rows(const struct run *run, pid_t pid, int fd);

/* The process's slot; fails when there is none. */
const struct socktab_process *process_of(const struct run *run, pid_t pid);

#endif
