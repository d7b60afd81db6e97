/* SPDX-License-Identifier: MIT
 *
 * The sessions that a command reads: -S, --all.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "option.h"
#include "socktab.h"

struct json_object;

struct source {
	const char *session;
	bool all;
	struct socktab **tables;
	size_t count;
};

extern const struct option_entry source_options[];

/* Answers STATUS_OK, or complains and answers another: STATUS_NOTHING when there is no session. */
int source_open(struct source *source);
/* Answers 0, or -errno with a line in `error`. */
int source_refresh(struct source *source, struct socktab_error *error);

void source_close(struct source *source);

struct socktab_losses source_losses(const struct source *source);

/* Processes that live and run a program that the module is not in. */
size_t source_blind(const struct source *source);

/* Of a table: what "session" holds in JSON. */
struct json_object *source_json(const struct socktab *table);

#endif
