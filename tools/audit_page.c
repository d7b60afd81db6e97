/* SPDX-License-Identifier: MIT
 *
 * Here we print what an audit found.
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "losses.h"
#include "units.h"
#include "view.h"

struct summary {
	size_t members, descriptors, unverified, proc_only, unsure;
	size_t gaps[GAP_KINDS];
	uint64_t rx, tx;	/* bytes unseen */
};

/* --- JSON */

/* Gaps of a process of one kind; those that are unsure do not count. */
static size_t count_gaps(const struct round *round, pid_t pid, enum gap_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < round->gaps.count; i++)
		count += round->gaps.at[i].pid == pid && round->gaps.at[i].kind == kind &&
			 !round->gaps.at[i].unsure;
	return count;
}

static uint64_t count_bytes(const struct round *round, pid_t pid, const char *what)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < round->gaps.count; i++) {
		const struct gap *gap = &round->gaps.at[i];

		if (gap->pid == pid && gap->kind == GAP_UNSEEN && !gap->unsure &&
		    !strcmp(gap->what, what))
			bytes += gap->bytes;
	}
	return bytes;
}

/* What its sockets were held against. */
static const char *compared_with(const struct member *member)
{
	if (!member->process || member->error)
		return NULL;
	return member->sockets ? "sock_diag" : "proc";
}

static const char *why_proc_only(const struct member *member)
{
	if (!member->process || member->error || member->sockets)
		return NULL;
	switch (member->sockets_error) {
	case -ENOSYS:
		return "built without libmnl";
	case -EXDEV:
		return "it changed its network namespace";
	case -EPERM:
		return "its network namespace may not be entered";
	}
	return strerror(-member->sockets_error);
}

static struct json_object *word_or_null(const char *word)
{
	return word ? json_text(word, strlen(word)) : NULL;
}

static struct json_object *member_json(const struct round *round, const struct member *member)
{
	pid_t pid = member->kernel ? member->kernel->pid : member->process->pid;
	const char *comm = member->process ? member->process->comm : member->kernel->comm;
	struct json_object *object = json_object_new_object(),
			   *unseen = json_object_new_object();

	json_put_number(object, "pid", (uint64_t)pid);
	json_put(object, "command", json_text(comm, strlen(comm)));
	json_put(object, "in_session", json_object_new_boolean(member->process != NULL));
	json_put(object, "preloaded",
		 member->mapped < 0 ? NULL : json_object_new_boolean(member->mapped));
	json_put(object, "io_uring",
		 member->error ? NULL : json_object_new_boolean(member->holdings.io_uring));
	json_put(object, "compared", word_or_null(compared_with(member)));
	json_put(object, "why", word_or_null(why_proc_only(member)));
	json_put_number(object, "sockets", member->holdings.count);
	json_put_number(object, "rows", member->rows);
	json_put_number(object, "unverified", member->unverified);
	for (int kind = GAP_MISSING; kind <= GAP_STALE; kind++)
		json_put_number(object, gap_kind_name(kind), count_gaps(round, pid, kind));
	json_put_number(unseen, "rx", count_bytes(round, pid, "rx"));
	json_put_number(unseen, "tx", count_bytes(round, pid, "tx"));
	json_put(object, "unseen", unseen);
	json_put(object, "lost", member->process ? losses_json(&member->process->losses) : NULL);
	return object;
}

struct pages {
	const struct round *rounds;
	size_t count;
};

static void print_processes(const void *what, FILE *out)
{
	const struct pages *pages = what;
	const char *before = "\n";

	fputs(",\"processes\":[", out);
	for (size_t i = 0; i < pages->count; i++)
		for (size_t j = 0; j < pages->rounds[i].member_count; j++) {
			fputs(before, out);
			json_print(member_json(&pages->rounds[i], &pages->rounds[i].members[j]),
				   out);
			before = ",\n";
		}
	fputs(*before == ',' ? "\n]" : "]", out);
}

/* --- for people */

static void sum_round(struct summary *sum, const struct round *round)
{
	for (size_t i = 0; i < round->member_count; i++) {
		const struct member *member = &round->members[i];

		sum->members += member->process != NULL;
		sum->descriptors += member->holdings.count;
		sum->unverified += member->unverified;
		sum->proc_only += why_proc_only(member) != NULL;
	}
	for (size_t i = 0; i < round->gaps.count; i++) {
		const struct gap *gap = &round->gaps.at[i];

		sum->unsure += gap->unsure;
		sum->gaps[gap->kind] += !gap->unsure;
		if (gap->kind == GAP_UNSEEN && !gap->unsure)
			*(strcmp(gap->what, "tx") ? &sum->rx : &sum->tx) += gap->bytes;
	}
}

/* 1 process, 4 sockets: 0 missing, 0 ghosts, 0 stale, 0 bytes unseen (rx 0, tx 0); 0 lost */
static void last_line(const struct summary *sum, const struct source *source, FILE *out)
{
	struct socktab_losses losses = source_losses(source);
	char lost[512];

	losses_phrase(&losses, lost, sizeof(lost));
	fprintf(out, "%zu process%s, %zu socket%s: %zu missing, %zu ghost%s, %zu stale, ",
		sum->members, plural_es(sum->members), sum->descriptors,
		plural(sum->descriptors), sum->gaps[GAP_MISSING], sum->gaps[GAP_GHOST],
		plural(sum->gaps[GAP_GHOST]), sum->gaps[GAP_STALE]);
	fprintf(out, "%" PRIu64 " bytes unseen (rx %" PRIu64 ", tx %" PRIu64 ")",
		sum->rx + sum->tx, sum->rx, sum->tx);
	for (int kind = GAP_EXCESS; kind <= GAP_UNJUDGED; kind++)
		if (sum->gaps[kind])
			fprintf(out, ", %zu %s", sum->gaps[kind], gap_kind_name(kind));
	fprintf(out, "; %s", lost);
	if (sum->unsure)
		fprintf(out, "; %zu unsure: -v", sum->unsure);
	if (sum->unverified)
		fprintf(out, "; %zu known to /proc only", sum->unverified);
	if (sum->proc_only)
		fprintf(out, "; %zu process%s held against /proc only", sum->proc_only,
			plural_es(sum->proc_only));
}

/* For people only what is certain, unless they ask. */
static struct subject *subjects(const struct view *view, const struct pages *pages, size_t *count)
{
	bool unsure = view->format != FORMAT_HUMAN || view->verbose;
	struct subject *list;
	size_t most = 0;

	for (size_t i = 0; i < pages->count; i++)
		most += pages->rounds[i].gaps.count;
	list = calloc(most + 1, sizeof(*list));
	if (!list)
		abort();
	*count = 0;
	for (size_t i = 0; i < pages->count; i++)
		for (size_t j = 0; j < pages->rounds[i].gaps.count; j++) {
			const struct gap *gap = &pages->rounds[i].gaps.at[j];

			if (unsure || !gap->unsure)
				list[(*count)++] = (struct subject){ .table = gap->table,
								     .gap = gap };
		}
	return list;
}

void audit_print(const struct view *view, const struct column_list *columns,
		 const struct source *source, const struct round *rounds)
{
	struct pages pages = { rounds, source->count };
	char line[1024] = "";
	struct page page = {
		.view = view, .columns = columns, .source = source, .last_line = line,
		.out = stdout, .terminal = isatty(STDOUT_FILENO), .key = "gaps",
		.json_more = print_processes, .what = &pages,
	};
	struct subject *list = subjects(view, &pages, &page.count);
	struct summary sum = { 0 };
	FILE *out = fmemopen(line, sizeof(line), "w");

	if (!out)
		abort();
	for (size_t i = 0; i < pages.count; i++)
		sum_round(&sum, &rounds[i]);
	last_line(&sum, source, out);
	fclose(out);
	view_sort(view, &gap_columns, list, page.count);
	page.subjects = list;
	view_print(&page);
	free(list);
}
