/* SPDX-License-Identifier: MIT
 *
 * A value of a column: one typed thing, from which follow its text for people, its JSON, its CSV
 * and its place in an order. A kind of value is one entry: struct kind.
 */
#ifndef VALUE_H
#define VALUE_H

#include <json-c/json.h>

#include "socktab.h"

struct gap;

/* What a value is taken from. */
struct subject {
	const struct socktab *table;
	const struct socktab_process *process;
	const struct socktab_row *row;	/* NULL: the process itself is meant */
	const struct gap *gap;		/* of audit, which has no other */
};

struct pid_fd {
	pid_t pid;
	int fd;
};

struct value {
	bool known;		/* false: there is nothing to tell */
	union {
		uint64_t number;
		int64_t ns;
		bool yes;
		const char *string;
		const struct socktab_address *address;
		const struct socktab_counters *counters;
		const struct socktab_losses *losses;
		const struct socktab_row *row;
		struct subject subject;
		struct pid_fd ref;
		struct { uint64_t bytes, calls; } moved;
	};
	const char *text;	/* for people, where it says more than the value; NULL: nothing */
	char room[64];		/* for a string or text that has no other place */
};

/* Long enough for every kind, escaped. */
#define TEXT_MAX 2048

struct kind {
	const char *suffix;	/* of its JSON key */
	bool right;		/* of a table's column */
	/* All are called with known values only. */
	int (*text)(const struct value *, char *buf, size_t size);
	int (*exact)(const struct value *, char *buf, size_t size);	/* for CSV and -v */
	struct json_object *(*json)(const struct value *);
	int (*compare)(const struct value *, const struct value *);	/* like strcmp */
};

extern const struct kind
	number_kind,		/* .number */
	bytes_kind,		/* .number */
	duration_kind,		/* .ns */
	time_kind,		/* .ns since the Epoch */
	flag_kind,		/* .yes */
	word_kind,		/* .string of our own or of the program's */
	errno_kind,		/* .number */
	counters_kind,		/* .counters */
	moved_kind,		/* .moved */
	losses_kind,		/* .losses */
	address_kind,		/* .address */
	ref_kind,		/* .ref */
	reuse_kind,		/* .number, SOCKTAB_OPT_REUSE* */
	peers_kind,		/* .row */
	groups_kind,		/* .row */
	holders_kind,		/* .subject */
	tcp_kind;		/* .row */

/* Building blocks. */
struct json_object *json_text(const char *string, size_t len);	/* made valid UTF-8 */
void json_put(struct json_object *object, const char *key, struct json_object *value);
void json_put_number(struct json_object *object, const char *key, uint64_t number);
struct json_object *json_address(const struct socktab_address *address);
int compare_numbers(const struct value *a, const struct value *b);

#endif
