/* SPDX-License-Identifier: MIT
 *
 * Here is the table of columns of a gap, as `audit` shows them.
 */
#include "config.h"

#include "column.h"
#include "gap.h"

#define ARGS const struct column *column, const struct subject *s, struct value *v

static void get_string(ARGS)
{
	v->string = (const char *)s->gap + column->which;
	v->known = v->string[0] != '\0';
}

static void get_u64_unless_0(ARGS)
{
	v->number = *(const uint64_t *)((const char *)s->gap + column->which);
	v->known = v->number != 0;
}

static void get_session(ARGS)
{
	(void)column;
	v->known = true;
	v->string = socktab_session(s->gap->table)->name;
}

static void get_pid(ARGS)
{
	(void)column;
	v->known = s->gap->pid != 0;
	v->number = (uint64_t)s->gap->pid;
}

static void get_fd(ARGS)
{
	(void)column;
	v->known = s->gap->fd >= 0;
	v->number = (uint64_t)s->gap->fd;
}

static void get_kind(ARGS)
{
	(void)column;
	v->known = true;
	v->string = gap_kind_name(s->gap->kind);
}

static void get_what(ARGS)
{
	(void)column;
	v->known = s->gap->what[0] != '\0';
	v->string = s->gap->what;
}

static void get_certain(ARGS)
{
	(void)column;
	v->known = true;
	v->yes = !s->gap->unsure;
}

static const char *kind_color(const struct subject *s)
{
	return s->gap->unsure ? "\033[2m" : "\033[31m";
}

#define FIELD(name) offsetof(struct gap, name)
#define DEFAULT COLUMN_DEFAULT

static const struct column columns[] = {
	{ "PID", &number_kind, get_pid, 0, DEFAULT, CUT_NEVER,
	  "process", "gap", NULL },
	{ "COMMAND", &word_kind, get_string, FIELD(comm), DEFAULT, CUT_END,
	  "its name", "gap", NULL },
	{ "FD", &number_kind, get_fd, 0, DEFAULT, CUT_NEVER,
	  "the descriptor's number", "gap", NULL },
	{ "PROTO", &word_kind, get_string, FIELD(proto), DEFAULT, CUT_NEVER,
	  "protocol: tcp, udp, unix-stream and others", "gap", NULL },
	{ "GAP", &word_kind, get_kind, 0, DEFAULT, CUT_NEVER,
	  "missing, ghost, stale, unseen, excess, blind, unjudged, lost", "gap", kind_color },
	{ "WHAT", &word_kind, get_what, 0, DEFAULT, CUT_NEVER,
	  "which fact: state, local, peer, rx, tx", "gap", NULL },
	{ "KERNEL", &word_kind, get_string, FIELD(kernel), DEFAULT, CUT_END,
	  "what the kernel says", "gap", NULL },
	{ "TABLE", &word_kind, get_string, FIELD(says), DEFAULT, CUT_END,
	  "what the table says", "gap", NULL },
	{ "WHY", &word_kind, get_string, FIELD(why), DEFAULT, CUT_END,
	  "why, where it can be known", "gap", NULL },

	{ "BYTES", &bytes_kind, get_u64_unless_0, FIELD(bytes), 0, CUT_NEVER,
	  "how many are unseen, or in excess", "gap", NULL },
	{ "CERTAIN", &flag_kind, get_certain, 0, 0, CUT_NEVER,
	  "whether there is no other explanation", "gap", NULL },
	{ "COOKIE", &number_kind, get_u64_unless_0, FIELD(cookie), 0, CUT_NEVER,
	  "the kernel's name of the socket (SO_COOKIE)", "gap", NULL },
	{ "INODE", &number_kind, get_u64_unless_0, FIELD(inode), 0, CUT_NEVER,
	  "the socket's inode number", "gap", NULL },
	{ "SESSION", &word_kind, get_session, 0, 0, CUT_NEVER,
	  "session that was compared", "gap", NULL },
};

const struct column_table gap_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
