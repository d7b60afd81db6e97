/* SPDX-License-Identifier: MIT
 *
 * A kind of call that can be measured: how to make ready for it, and how to make it.
 */
#ifndef BENCH_KINDS_H
#define BENCH_KINDS_H

#include <netinet/in.h>
#include <stdint.h>
#include <time.h>

struct state {
	int in, out;			/* what goes into `in` comes out of `out` */
	int listener;			/* of these three, 0: none */
	struct sockaddr_in address;	/* of the listener */
};

struct kind {
	const char *name;
	clockid_t clock;	/* the thread's own time, where no other process takes part */
	int calls;		/* of a turn */
	void (*prepare)(struct state *state);
	void (*turn)(struct state *state);
	/* Instead of `turn`, where only a part of it is to be timed; returns nanoseconds. */
	int64_t (*loop)(struct state *state, long turns);
};

void kind_finish(struct state *state);		/* closes what `prepare` opened */

const struct kind *kind_named(const char *name);	/* NULL: there is none */

int64_t kind_now_ns(clockid_t clock);

#endif
