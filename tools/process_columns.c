/* SPDX-License-Identifier: MIT
 *
 * Here is the table of columns of a process, as `ps` shows them.
 */
#include "config.h"

#include <stdio.h>

#include "column.h"

#define FIELD(name) offsetof(struct socktab_process, name)
#define ARGS const struct column *column, const struct subject *s, struct value *v

static const void *field(const struct column *column, const struct subject *s)
{
	return (const char *)s->process + column->which;
}

static void get_u32(ARGS)
{
	v->known = true;
	v->number = *(const uint32_t *)field(column, s);
}

static void get_u64(ARGS)
{
	v->known = true;
	v->number = *(const uint64_t *)field(column, s);
}

static void get_u64_unless_0(ARGS)
{
	get_u64(column, s, v);
	v->known = v->number != 0;
}

static void get_flag(ARGS)
{
	v->known = true;
	v->yes = *(const bool *)field(column, s);
}

static void get_string(ARGS)
{
	v->known = true;
	v->string = field(column, s);
}

static void get_time(ARGS)
{
	int64_t at = *(const int64_t *)field(column, s);

	v->known = at != 0;
	v->ns = at ? socktab_wall_ns(s->table, at) : 0;
}

static void get_session(ARGS)
{
	(void)column;
	v->known = true;
	v->string = socktab_session(s->table)->name;
}

static void get_parent(ARGS)
{
	const struct socktab_process *parent =
		s->process->parent ? socktab_process_by_id(s->table, s->process->parent) : NULL;

	(void)column;
	v->known = parent != NULL;
	v->number = parent ? (uint64_t)parent->pid : 0;
}

static void get_life(ARGS)
{
	static const char *const words[] = {
		[SOCKTAB_ALIVE] = "alive", [SOCKTAB_EXITED] = "exited",
		[SOCKTAB_GONE] = "gone", [SOCKTAB_UNKNOWN] = "unknown",
	};
	const struct socktab_process *p = s->process;

	(void)column;
	v->known = true;
	v->string = p->blind && p->life == SOCKTAB_ALIVE ? "blind" : words[p->life];
	if (p->life == SOCKTAB_EXITED && p->exit_status > 0) {
		snprintf(v->room, sizeof(v->room), "exited %d", p->exit_status);
		v->text = v->room;
	}
}

/* The reader counts the open ones of the living; what was never closed was open at the end. */
static void get_open(ARGS)
{
	const struct socktab_totals *totals = &s->process->totals;
	bool dead = s->process->life == SOCKTAB_EXITED || s->process->life == SOCKTAB_GONE;

	(void)column;
	v->known = true;
	v->number = dead ? totals->opened - totals->closed : s->process->open;
}

static void get_alive(ARGS)
{
	(void)column;
	v->known = s->process->life != SOCKTAB_UNKNOWN;
	v->yes = s->process->life == SOCKTAB_ALIVE;
}

static void get_status(ARGS)
{
	(void)column;
	v->known = s->process->life == SOCKTAB_EXITED && s->process->exit_status >= 0;
	v->number = (uint64_t)s->process->exit_status;
}

static void get_rx(ARGS)
{
	const struct socktab_totals *totals = &s->process->totals;

	(void)column;
	v->known = true;
	v->moved.bytes = totals->rx_bytes;
	v->moved.calls = totals->rx_calls;
}

static void get_tx(ARGS)
{
	const struct socktab_totals *totals = &s->process->totals;

	(void)column;
	v->known = true;
	v->moved.bytes = totals->tx_bytes;
	v->moved.calls = totals->tx_calls;
}

static void get_lost(ARGS)
{
	(void)column;
	v->known = true;
	v->losses = &s->process->losses;
}

/* Of a process that was killed nobody knows when. */
static void get_age(ARGS)
{
	const struct socktab_process *p = s->process;
	bool running = (p->life == SOCKTAB_ALIVE || p->life == SOCKTAB_UNKNOWN) &&
		       socktab_session(s->table)->same_boot;
	int64_t end = p->ended_ns ? p->ended_ns : running ? socktab_now_ns(s->table) : 0;

	(void)column;
	v->known = end && p->attached_ns;
	v->ns = end > p->attached_ns ? end - p->attached_ns : 0;
}

static const char *life_color(const struct subject *s)
{
	if (s->process->life != SOCKTAB_ALIVE)
		return "\033[2m";
	return s->process->blind ? "\033[31m" : "\033[32m";
}

static const char *lost_color(const struct subject *s)
{
	return socktab_losses_sum(&s->process->losses) ? "\033[31m" : NULL;
}

#define DEFAULT COLUMN_DEFAULT

static const struct column columns[] = {
	{ "PID", &number_kind, get_u32, FIELD(pid), DEFAULT, CUT_NEVER, "process", "process", NULL },
	{ "PPID", &number_kind, get_u32, FIELD(ppid), DEFAULT, CUT_NEVER,
	  "its parent when it joined the session", "process", NULL },
	{ "UID", &number_kind, get_u32, FIELD(uid), DEFAULT, CUT_NEVER, "effective user", "process", NULL },
	{ "COMMAND", &word_kind, get_string, FIELD(comm), DEFAULT, CUT_END,
	  "its name", "process", NULL },
	{ "LIFE", &word_kind, get_life, 0, DEFAULT, CUT_NEVER,
	  "alive, exited, exited N, gone (killed), unknown; blind: alive without the module",
	  "process", life_color },
	{ "OPEN", &number_kind, get_open, 0, DEFAULT, CUT_NEVER,
	  "socket descriptors that are open, or were when it ended", "process", NULL },
	{ "OPENED", &number_kind, get_u64, FIELD(totals.opened), DEFAULT, CUT_NEVER,
	  "socket descriptors that it ever had", "process", NULL },
	{ "RX", &moved_kind, get_rx, 0, DEFAULT, CUT_NEVER, "bytes received", "process", NULL },
	{ "TX", &moved_kind, get_tx, 0, DEFAULT, CUT_NEVER, "bytes sent", "process", NULL },
	{ "ERRORS", &number_kind, get_u64, FIELD(totals.errors), DEFAULT, CUT_NEVER,
	  "calls that failed", "process", NULL },
	{ "LOST", &losses_kind, get_lost, 0, DEFAULT, CUT_NEVER,
	  "what could not be recorded", "process", lost_color },
	{ "AGE", &duration_kind, get_age, 0, DEFAULT, CUT_NEVER,
	  "time since it joined the session; once exited, how long it ran", "process", NULL },
	{ "CMDLINE", &word_kind, get_string, FIELD(cmdline), DEFAULT, CUT_END,
	  "program and arguments", "process", NULL },

	{ "SESSION", &word_kind, get_session, 0, 0, CUT_NEVER,
	  "session that the process is of", "process", NULL },
	{ "PARENT", &number_kind, get_parent, 0, 0, CUT_NEVER,
	  "process of the session that it was forked from", "process", NULL },
	{ "ALIVE", &flag_kind, get_alive, 0, 0, CUT_NEVER, "whether it lives", "process", NULL },
	{ "STATUS", &number_kind, get_status, 0, 0, CUT_NEVER, "status that it exited with", "process", NULL },
	{ "BLIND", &flag_kind, get_flag, FIELD(blind), 0, CUT_NEVER,
	  "whether it runs a program that the module is not in", "process", NULL },
	{ "QUIET", &flag_kind, get_flag, FIELD(quiet), 0, CUT_NEVER,
	  "whether it installed a seccomp filter", "process", NULL },
	{ "NOROWS", &flag_kind, get_flag, FIELD(no_rows), 0, CUT_NEVER,
	  "whether its address space had no room for rows", "process", NULL },
	{ "UNSHARED", &flag_kind, get_flag, FIELD(unshared), 0, CUT_NEVER,
	  "whether a thread has descriptors of its own", "process", NULL },
	{ "WORD32", &flag_kind, get_flag, FIELD(word32), 0, CUT_NEVER,
	  "whether it is a 32-bit program", "process", NULL },
	{ "EXECS", &number_kind, get_u32, FIELD(execs), 0, CUT_NEVER,
	  "programs that it ran, less one", "process", NULL },
	{ "CLOSED", &number_kind, get_u64, FIELD(totals.closed), 0, CUT_NEVER,
	  "socket descriptors that it closed", "process", NULL },
	{ "RXCALLS", &number_kind, get_u64, FIELD(totals.rx_calls), 0, CUT_NEVER,
	  "calls that receive", "process", NULL },
	{ "TXCALLS", &number_kind, get_u64, FIELD(totals.tx_calls), 0, CUT_NEVER,
	  "calls that send", "process", NULL },
	{ "PIDNS", &number_kind, get_u64_unless_0, FIELD(pidns), 0, CUT_NEVER,
	  "its pid namespace", "process", NULL },
	{ "NETNS", &number_kind, get_u64_unless_0, FIELD(netns), 0, CUT_NEVER,
	  "its network namespace", "process", NULL },
	{ "ATTACHED", &time_kind, get_time, FIELD(attached_ns), 0, CUT_NEVER,
	  "when it joined the session", "process", NULL },
	{ "IMAGE", &time_kind, get_time, FIELD(image_ns), 0, CUT_NEVER,
	  "when its present program started", "process", NULL },
	{ "ENDED", &time_kind, get_time, FIELD(ended_ns), 0, CUT_NEVER, "when it exited", "process", NULL },
};

const struct column_table process_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
