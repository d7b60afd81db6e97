/* SPDX-License-Identifier: MIT
 *
 * Here we select rows by the words of ss: state, exclude, pid. Side by side they are an `and`.
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "complain.h"
#include "filter.h"
#include "nearest.h"
#include "pids.h"
#include "value.h"

#define BIT(state) (1u << SOCKTAB_STATE_##state)

#define HALF_CLOSED (BIT(SHUT_RD) | BIT(SHUT_WR) | BIT(SHUT))
#define SYNCHRONIZED (BIT(ESTAB) | HALF_CLOSED)
#define ALL (~0u)

/* ss's words over the states that a program's calls can tell. */
static const struct state_word {
	const char *word;
	uint32_t states;
} state_words[] = {
	{ "all", ALL },
	{ "connected", SYNCHRONIZED | BIT(SYN_SENT) },
	{ "synchronized", SYNCHRONIZED },
	{ "bucket", 0 },	/* time-wait and syn-recv: no descriptor has these */
	{ "big", ALL },
	{ "established", BIT(ESTAB) }, { "estab", BIT(ESTAB) },
	{ "syn-sent", BIT(SYN_SENT) },
	{ "syn-recv", 0 },
	{ "fin-wait-1", BIT(SHUT_WR) }, { "fin-wait-2", BIT(SHUT_WR) },
	{ "time-wait", 0 },
	{ "closed", BIT(CLOSED) },
	{ "closing", BIT(SHUT) }, { "last-ack", BIT(SHUT) },
	{ "listening", BIT(LISTEN) }, { "listen", BIT(LISTEN) },
	{ "unconnected", BIT(UNCONN) }, { "unconn", BIT(UNCONN) },
	/* Ours, as the STATE column has them. */
	{ "shut-rd", BIT(SHUT_RD) }, { "shut-wr", BIT(SHUT_WR) }, { "shut", BIT(SHUT) },
	{ "failed", BIT(FAILED) },
};

#define STATE_WORDS (sizeof(state_words) / sizeof(state_words[0]))

struct filter {
	/* What `state` allows: several of them are an `or`, as with ss. 0: everything. */
	uint32_t states;
	uint32_t excluded;
	struct pids pids;
};

/* A word of a filter is one entry; all of ours take a second word. */
static void take_state(struct filter *filter, const char *word);
static void take_exclude(struct filter *filter, const char *word);
static void take_pid(struct filter *filter, const char *word);

static const struct filter_word {
	const char *word;
	void (*take)(struct filter *filter, const char *word);
} filter_words[] = {
	{ "state", take_state },
	{ "exclude", take_exclude },
	{ "pid", take_pid },
};

#define FILTER_WORDS (sizeof(filter_words) / sizeof(filter_words[0]))

/* Of the language that is to come: no spelling mistakes. */
static const char *const later_words[] = {
	"or", "not", "(", ")", "sport", "dport", "src", "dst", "comm", "fd", "proto", "family",
	"path", "host", "origin", "age", "idle", "rx", "tx", "rx_errors", "tx_errors",
};

static uint32_t states_of(const char *word)
{
	struct nearest nearest = { .word = word };
	char hint[64];

	for (size_t i = 0; i < STATE_WORDS; i++)
		if (!strcasecmp(state_words[i].word, word))
			return state_words[i].states;
	if (!strcasecmp(word, "close-wait"))
		wrong_usage("filter: 'close-wait' is told by the kernel alone and is not known yet");
	for (size_t i = 0; i < STATE_WORDS; i++)
		nearest_try(&nearest, state_words[i].word);
	wrong_usage("filter: '%s' is no state%s", word, nearest_hint(&nearest, hint, sizeof(hint)));
}

static void take_state(struct filter *filter, const char *word)
{
	/* A group that holds none of our states must not become "everything". */
	filter->states |= states_of(word) | 1u << 31;
}

static void take_exclude(struct filter *filter, const char *word)
{
	filter->excluded |= states_of(word);
}

static void take_pid(struct filter *filter, const char *word)
{
	pids_add(&filter->pids, word);
}

static _Noreturn void unknown_word(const char *word, int place)
{
	struct nearest nearest = { .word = word };
	char hint[64];

	if (command_find(word))
		wrong_usage("'%s' is a command and goes first: socktab %s ...", word, word);
	for (size_t i = 0; i < sizeof(later_words) / sizeof(later_words[0]); i++)
		if (!strcmp(word, later_words[i]))
			wrong_usage("filter, word %d: '%s' is not known yet", place, word);
	for (size_t i = 0; i < FILTER_WORDS; i++)
		nearest_try(&nearest, filter_words[i].word);
	for (size_t i = 0; commands[i]; i++)
		nearest_try(&nearest, commands[i]->name);
	wrong_usage("filter, word %d: '%s' is neither a command nor a word of a filter%s", place,
		    word, nearest_hint(&nearest, hint, sizeof(hint)));
}

static const struct filter_word *find_word(const char *word)
{
	for (size_t i = 0; i < FILTER_WORDS; i++)
		if (!strcmp(filter_words[i].word, word))
			return &filter_words[i];
	return NULL;
}

struct filter *filter_parse(int count, char *const *words)
{
	struct filter *filter = calloc(1, sizeof(*filter));

	if (!filter)
		abort();
	for (int i = 0; i < count; i++) {
		const struct filter_word *word = find_word(words[i]);

		if (!strcmp(words[i], "and") && i > 0 && i + 1 < count)
			continue;
		if (!word)
			unknown_word(words[i], i + 1);
		if (++i == count)
			wrong_usage("filter: something is missing after '%s'", word->word);
		word->take(filter, words[i]);
	}
	return filter;
}

void filter_free(struct filter *filter)
{
	free(filter);
}

bool filter_match(const struct filter *filter, const struct subject *subject)
{
	uint32_t state = 1u << subject->row->state;

	if (filter->states && !(filter->states & state))
		return false;
	return !(filter->excluded & state) && pids_has(&filter->pids, subject->row->pid);
}

bool filter_wants_closed(const struct filter *filter)
{
	return (filter->states & ALL) != ALL && (filter->states & BIT(CLOSED));
}

const char *filter_word(size_t i)
{
	return i < FILTER_WORDS ? filter_words[i].word : NULL;
}

const char *filter_state(size_t i)
{
	return i < STATE_WORDS ? state_words[i].word : NULL;
}
