/* SPDX-License-Identifier: MIT
 *
 * What the files of the filter tell each other: the way from a text (filter_text.c) by the grammar
 * (filter_parse.c), the table of words (filter_words.c) and their kinds of values
 * (filter_kinds.c) to a small program that filter.c runs for each row.
 */
#ifndef SOCKTAB_FILTER_H
#define SOCKTAB_FILTER_H

#include "reader.h"

enum st_filter_operator {
	FILTER_BARE,		/* no value: `nodelay` */
	FILTER_EQ, FILTER_NE, FILTER_LT, FILTER_LE, FILTER_GT, FILTER_GE,
};

/* An address as `src` and `dst` take it. */
struct st_filter_host {
	enum { HOST_ANY, HOST_PREFIX, HOST_GLOB } how;
	int rows_of;		/* rows of this family only; 0: of any */
	int family;		/* of the prefix */
	unsigned int bits;
	uint8_t bytes[16];
	int64_t port;		/* -1: any */
};

struct st_filter_value {
	char *text;		/* as it was written; a glob is no more than that */
	union {
		uint64_t number;
		uint32_t states;	/* see st_filter_state_bit */
		struct { uint64_t pid; int64_t fd; } ref;	/* fd -1: any */
		struct st_filter_host host;
	};
};

/* One term. Several values: any of them. */
struct st_filter_test {
	const struct st_filter_word *word;
	enum st_filter_operator operator;
	struct st_filter_value *values;
	size_t count;
};

/* A step works on one truth value: a test sets it, the others change it or jump by it. */
struct st_filter_step {
	enum { STEP_TEST, STEP_NOT, STEP_UNLESS, STEP_IF } what;
	size_t to;		/* STEP_UNLESS, STEP_IF: jump there when it is false, true */
	struct st_filter_test test;
};

struct socktab_filter {
	struct st_filter_step *steps;
	size_t count, room;
	bool wants_closed;
	uint64_t port_first, port_last;	/* the kernel's own choices: for `autobound` */
};

/* What a test looks at. */
struct st_filter_look {
	const struct socktab_filter *filter;
	const struct socktab *table;
	const struct socktab_row *row;
};

/* What a row says to a word. */
struct st_filter_fact {
	bool known;
	uint64_t number;
	const char *text;
	const struct socktab_address *address;
	int64_t fd;		/* with a pid in number */
	char room[256];		/* for a text that has no other place */
};

/* --- the parser's state; parse errors are told once, the first one counts */

struct st_filter_parser {
	const char *text;
	size_t at;		/* next byte */
	size_t offset, length;	/* of the word or value taken last */
	unsigned int flags, depth;
	struct socktab_filter *filter;
	struct socktab_filter_error *error;
};

/* Both answer false. */
bool st_filter_wrong(struct st_filter_parser *p, const char *nearest, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool st_filter_no_memory(struct st_filter_parser *p);

/* --- kinds of values */

struct st_filter_kind {
	const char *value;	/* for the list of words */
	/* Appends values to the test; NULL: takes none. False after a complaint. */
	bool (*read)(struct st_filter_parser *p, struct st_filter_test *test, const char *text);
	/* <0, 0, >0 as the known fact is less, equal, more; of an unordered kind 0 or not. */
	int (*compare)(const struct st_filter_look *look, const struct st_filter_fact *fact,
		       const struct st_filter_value *value);
	bool ordered;		/* < and > are understood */
	bool lists;		/* VALUE,VALUE is */
	/* May it stand without a value, and what does that ask for? */
	enum { BARE_NEVER, BARE_KNOWN, BARE_NOT_ZERO } bare;
};

extern const struct st_filter_kind st_filter_flag, st_filter_presence, st_filter_number,
	st_filter_bytes, st_filter_duration, st_filter_moment, st_filter_name, st_filter_glob,
	st_filter_errno, st_filter_user, st_filter_ref, st_filter_port, st_filter_host_kind,
	st_filter_states;

/* The next value of a test, zeroed but for its text; NULL after a complaint. */
struct st_filter_value *st_filter_value_add(struct st_filter_parser *p, struct st_filter_test *test,
					    const char *text);

/* --- words, each one entry */

#define FILTER_ZERO_UNKNOWN	(1u << 0)	/* 0 means: not known */
#define FILTER_MANY		(1u << 1)	/* get answers until it says false */
#define FILTER_CLOSED		(1u << 2)	/* who uses it wants to see closed ones */

/* The i-th name that a word's value may be; NULL: none is there; FILTER_NAMES_END behind them. */
typedef const char *st_filter_names(int i);
extern const char st_filter_names_end[];

struct st_filter_word {
	struct socktab_filter_word shown;
	const struct st_filter_kind *kind;
	/* Fills the i-th fact; false: there is none. `which` is for a get that serves many. */
	bool (*get)(const struct st_filter_look *look, const struct st_filter_word *word,
		    unsigned int i, struct st_filter_fact *fact);
	size_t which;
	st_filter_names *names;
	unsigned int flags;
};

/* By its name or alias: in any case, underscores or not. Otherwise NULL and the nearest. */
const struct st_filter_word *st_filter_word_find(const char *name, const char **nearest);

/* --- filter_text.c: the words of a text, at p->at */

bool st_filter_at_end(struct st_filter_parser *p);
bool st_filter_take_char(struct st_filter_parser *p, char c);
/* The word itself or one of its symbols; `and` is taken only as a whole. */
bool st_filter_take_not(struct st_filter_parser *p);
/* STEP_UNLESS for `and`, STEP_IF for `or`, -1: neither. */
int st_filter_take_glue(struct st_filter_parser *p);
/* FILTER_BARE: none. */
enum st_filter_operator st_filter_take_operator(struct st_filter_parser *p);
/* Copies the next word, or value, which may be quoted; false after a complaint when it is missing.
 * `buf` holds what fits; too long a word is none. */
bool st_filter_take_word(struct st_filter_parser *p, char *buf, size_t size);
char *st_filter_take_value(struct st_filter_parser *p, const char *after);

/* --- filter_parse.c, filter_states.c, filter_host.c, filter_units.c */

bool st_filter_parse(struct st_filter_parser *p);
bool st_filter_is_stateful(const char *word, bool *exclude);	/* state, exclude */
/* `state` starts from nothing, `exclude` from everything, and each goes on from what is there. */
bool st_filter_state_apply(struct st_filter_parser *p, struct st_filter_value *value, bool exclude,
			   bool first, const char *name);
uint32_t st_filter_state_bit(const struct socktab_row *row);
bool st_filter_read_host(struct st_filter_parser *p, struct st_filter_test *test, const char *text);
bool st_filter_read_port(struct st_filter_parser *p, struct st_filter_test *test, const char *text);
bool st_filter_host_has(const struct st_filter_host *host, const char *text,
			const struct socktab_row *row, const struct socktab_address *address);
/* -1: it has none. A socket of inet without an address has port 0 of any host. */
int64_t st_filter_port_of(const struct socktab_row *row, const struct socktab_address *address);
bool st_filter_read_bytes(const char *text, uint64_t *bytes);
bool st_filter_read_ns(const char *text, uint64_t *ns);
bool st_filter_read_number(const char *text, uint64_t *number);

#endif
