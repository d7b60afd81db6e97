/* SPDX-License-Identifier: MIT
 *
 * Which rows are meant: -p -a -l -t -u -x -4 -6 and the filter.
 */
#ifndef PICK_H
#define PICK_H

#include "filter.h"
#include "option.h"
#include "pids.h"
#include "source.h"
#include "value.h"

struct pick {
	struct pids pids;
	bool closed;		/* also the closed and the dead */
	bool listening;
	bool tcp, udp, local;
	bool inet, inet6;
	struct socktab_filter *filter;
};

extern const struct option_entry pick_options[];

struct picked {
	struct subject *subjects;
	size_t count;
	size_t processes;	/* that the rows are of */
	size_t closed;		/* left out, as -a was not given */
	size_t dead;		/* the same: open when their process died */
	size_t torn, stale;	/* of the rows */
};

void pick_rows(const struct pick *pick, const struct source *source, struct picked *picked);
void picked_free(struct picked *picked);

#endif
