/* SPDX-License-Identifier: MIT
 *
 * Here are ss's words for states, over those that the calls of a program can tell. The kernel
 * knows more: which of two half-closed ends is meant, and that the peer has closed.
 */
#include <string.h>
#include <strings.h>

#include "filter.h"
#include "../nearest.h"

#define BIT(state) (UINT32_C(1) << SOCKTAB_STATE_##state)

/* Shutting down changes the state of a TCP socket, and of no other that ss shows. */
#define OTHER_SHIFT 16
#define BOTH(states) ((states) | (states) << OTHER_SHIFT)

#define SHUT_FOR_SENDING (BIT(SHUT_WR) | BIT(SHUT))
#define ESTABLISHED (BOTH(BIT(ESTAB) | BIT(SHUT_RD)) | SHUT_FOR_SENDING << OTHER_SHIFT)
#define SYNCHRONIZED (ESTABLISHED | SHUT_FOR_SENDING)
#define ALL UINT32_MAX

_Static_assert(SOCKTAB_STATE_CLOSED < OTHER_SHIFT, "two sets in one word");

static const struct state_word {
	const char *word;
	uint32_t states;
} state_words[] = {
	{ "all", ALL },
	{ "connected", SYNCHRONIZED | BOTH(BIT(SYN_SENT)) },
	{ "synchronized", SYNCHRONIZED },
	{ "bucket", 0 },	/* time-wait and syn-recv: no descriptor has these */
	{ "big", ALL },
	{ "established", ESTABLISHED }, { "estab", ESTABLISHED },
	{ "syn-sent", BOTH(BIT(SYN_SENT)) },
	{ "syn-recv", 0 }, { "syn-rcv", 0 },
	{ "fin-wait-1", SHUT_FOR_SENDING }, { "fin-wait-2", SHUT_FOR_SENDING },
	{ "time-wait", 0 },
	{ "closed", BOTH(BIT(CLOSED)) }, { "close", BOTH(BIT(CLOSED)) },
	{ "close-wait", 0 },
	{ "last-ack", SHUT_FOR_SENDING },
	{ "listening", BOTH(BIT(LISTEN)) }, { "listen", BOTH(BIT(LISTEN)) },
	{ "closing", SHUT_FOR_SENDING },
	{ "unconnected", BOTH(BIT(UNCONN)) }, { "unconn", BOTH(BIT(UNCONN)) },
	/* Ours, as the STATE column has them. */
	{ "shut-rd", BOTH(BIT(SHUT_RD)) }, { "shut-wr", BOTH(BIT(SHUT_WR)) },
	{ "shut", BOTH(BIT(SHUT)) },
	{ "failed", BOTH(BIT(FAILED)) },
	{ "unknown", BOTH(BIT(UNKNOWN)) },
};

#define STATE_WORDS (sizeof state_words / sizeof state_words[0])

uint32_t st_filter_state_bit(const struct socktab_row *row)
{
	bool inet = row->family == AF_INET || row->family == AF_INET6;
	bool tcp = inet && row->type == SOCK_STREAM;

	return UINT32_C(1) << row->state << (tcp ? 0 : OTHER_SHIFT);
}

static const struct state_word *find(const char *name, const char **nearest)
{
	struct nearest near = { .word = name };

	for (size_t i = 0; i < STATE_WORDS; i++)
		if (!strcasecmp(state_words[i].word, name))
			return &state_words[i];
	for (size_t i = 0; i < STATE_WORDS; i++)
		nearest_try(&near, state_words[i].word);
	*nearest = near.best;
	return NULL;
}

bool st_filter_is_stateful(const char *word, bool *exclude)
{
	*exclude = !strcasecmp(word, "exclude") || !strcasecmp(word, "excl");
	return *exclude || !strcasecmp(word, "state");
}

bool st_filter_state_apply(struct st_filter_parser *p, struct st_filter_value *value, bool exclude,
			   bool first, const char *name)
{
	const char *nearest = NULL;
	const struct state_word *word = find(name, &nearest);

	if (!word)
		return st_filter_wrong(p, nearest, "'%s' is no state", name);
	if (first)
		value->states = exclude ? ALL : 0;
	if (exclude)
		value->states &= ~word->states;
	else
		value->states |= word->states;
	/* Who says `all` has not named the closed ones. */
	p->filter->wants_closed |= !exclude && word->states != ALL &&
				   word->states & BIT(CLOSED);
	return true;
}

/* Parsed by st_filter_state_apply, as several of them are one set. */
static int compare_states(const struct st_filter_look *look, const struct st_filter_fact *fact,
			  const struct st_filter_value *value)
{
	(void)look;
	return !(value->states & fact->number);
}

const struct st_filter_kind st_filter_states = { .value = "STATE", .compare = compare_states };

const char *socktab_filter_state(size_t i)
{
	return i < STATE_WORDS ? state_words[i].word : NULL;
}
