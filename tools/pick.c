/* SPDX-License-Identifier: MIT
 *
 * Here we pick rows out of tables.
 */
#include "config.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "pick.h"

#define FIELD(name) offsetof(struct pick, name)

const struct option_entry pick_options[] = {
	{ 'p', "pid", "PID", "of these processes only (PID,PID or more than one -p)",
	  pids_add, FIELD(pids), WORDS_ANY },
	{ 'a', "closed", NULL, "also the closed ones, and those of dead processes",
	  option_true, FIELD(closed), WORDS_ANY },
	{ 'l', "listening", NULL, "those that listen only",
	  option_true, FIELD(listening), WORDS_ANY },
	{ 't', "tcp", NULL, "TCP", option_true, FIELD(tcp), WORDS_ANY },
	{ 'u', "udp", NULL, "UDP", option_true, FIELD(udp), WORDS_ANY },
	{ 'x', "unix", NULL, "unix", option_true, FIELD(local), WORDS_ANY },
	{ '4', "ipv4", NULL, "IPv4", option_true, FIELD(inet), WORDS_ANY },
	{ '6', "ipv6", NULL, "IPv6", option_true, FIELD(inet6), WORDS_ANY },
	{ 0 }
};

static bool is_tcp(const struct socktab_row *row)
{
	return row->type == SOCK_STREAM && (row->family == AF_INET || row->family == AF_INET6) &&
	       (row->protocol == 0 || row->protocol == IPPROTO_TCP || row->protocol == 262);
}

static bool is_udp(const struct socktab_row *row)
{
	return row->type == SOCK_DGRAM && (row->family == AF_INET || row->family == AF_INET6) &&
	       (row->protocol == 0 || row->protocol == IPPROTO_UDP);
}

/* -t -u -x are an `or`, and so are -4 -6, which narrow -t and -u. */
static bool protocol_fits(const struct pick *pick, const struct socktab_row *row)
{
	bool protocols = pick->tcp || pick->udp, versions = pick->inet || pick->inet6;

	if (pick->local && row->family == AF_UNIX)
		return true;
	if (protocols && !(pick->tcp && is_tcp(row)) && !(pick->udp && is_udp(row)))
		return false;
	if (versions && !(pick->inet && row->family == AF_INET) &&
	    !(pick->inet6 && row->family == AF_INET6))
		return false;
	return protocols || versions || !pick->local;
}

static bool fits(const struct pick *pick, const struct subject *subject)
{
	return pids_has(&pick->pids, subject->row->pid) &&
	       (!pick->listening || subject->row->state == SOCKTAB_STATE_LISTEN) &&
	       protocol_fits(pick, subject->row) && filter_match(pick->filter, subject);
}

static void take(struct picked *picked, const struct subject *subject)
{
	const struct subject *last =
		picked->count ? &picked->subjects[picked->count - 1] : NULL;

	/* Rows come in order of their processes. */
	picked->processes += !last || last->table != subject->table ||
			     last->row->process != subject->row->process;
	picked->torn += subject->row->torn;
	picked->stale += subject->row->stale;
	picked->subjects[picked->count++] = *subject;
}

static void pick_of_table(const struct pick *pick, const struct socktab *table,
			  struct picked *picked)
{
	bool all = pick->closed || socktab_filter_wants_closed(pick->filter);
	struct subject s = { .table = table };

	for (size_t i = 0; i < socktab_row_count(table); i++) {
		s.row = socktab_row(table, i);
		if (!s.process || s.process->id != s.row->process)
			s.process = socktab_process_by_id(table, s.row->process);
		if (!fits(pick, &s))
			continue;
		if (all || s.row->open)
			take(picked, &s);
		else
			(*(s.row->closed ? &picked->closed : &picked->dead))++;
	}
}

void pick_rows(const struct pick *pick, const struct source *source, struct picked *picked)
{
	size_t most = 0;

	for (size_t i = 0; i < source->count; i++)
		most += socktab_row_count(source->tables[i]);
	memset(picked, 0, sizeof(*picked));
	picked->subjects = calloc(most + 1, sizeof(*picked->subjects));
	if (!picked->subjects)
		abort();
	for (size_t i = 0; i < source->count; i++)
		pick_of_table(pick, source->tables[i], picked);
}

void picked_free(struct picked *picked)
{
	free(picked->subjects);
	picked->subjects = NULL;
}
