/* SPDX-License-Identifier: MIT
 *
 * A picture that is drawn again and again, until Ctrl-C.
 */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <stdio.h>

#include "socktab.h"

struct watch {
	double seconds;
	bool in_place;		/* on a terminal: the picture fills the screen; else one below
				 * the other */
	/* Answers an exit status, or -errno with a line in `error`: that ends the watch. */
	int (*draw)(void *what, FILE *out, size_t width, struct socktab_error *error);
	void *what;
};

/* An option's setter: "[SEC]"; 1 when it is left out. The field is a double, 0: not given. */
void watch_set(void *seconds, const char *arg);

int watch_run(const struct watch *watch);

#endif
