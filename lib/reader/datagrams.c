/* SPDX-License-Identifier: MIT
 *
 * Here we read what only sockets without a stream have: their peers and their groups.
 */
#include <string.h>

#include "reader.h"

#define SEEN_BITS 256

_Static_assert(sizeof((struct st_datagram){ 0 }.seen) * 8 == SEEN_BITS, "seen");
_Static_assert(ST_PEERS <= sizeof((struct socktab_row){ 0 }.last_peers) /
			   sizeof(struct socktab_address), "peers");
_Static_assert(ST_GROUPS <= sizeof((struct socktab_row){ 0 }.groups) /
			    sizeof(struct socktab_group), "groups");

/* Linear counting: each peer sets the bit of its hash. The peers that k bits of m tell of are as
 * many as it takes, drawn at random, to set so many: the sum over i < k of m / (m - i). While
 * few are set that is k. (The same as the usual -m ln(1 - k/m), but true to the end, and it
 * needs no libm.) */
static uint32_t estimate(const st_u64 *seen)
{
	double sum = 0.5;
	int bits = 0;

	for (size_t i = 0; i < SEEN_BITS / 64; i++)
		bits += __builtin_popcountll(seen[i]);
	for (int i = 0; i < bits; i++)
		sum += (double)SEEN_BITS / (SEEN_BITS - i);
	return (uint32_t)sum;
}

/* Written between an odd and the next even `seq`: one that is the same in two reads is whole. */
static bool is_whole(const struct st_peer *peer, const struct st_peer *again)
{
	return peer->len != 0 && peer->seq % 2 == 0 && memcmp(peer, again, sizeof *peer) == 0;
}

static void take_peers(struct socktab_row *row, const struct st_datagram *raw,
		       const struct st_datagram *again)
{
	for (size_t i = 0; i < ST_PEERS; i++) {
		const struct st_peer *peer = &raw->peers[i];

		if (is_whole(peer, &again->peers[i]))
			st_address_take(&row->last_peers[row->peer_count++], peer->bytes,
					peer->len, sizeof peer->bytes);
	}
}

static void take_groups(struct socktab_row *row, const struct st_datagram *raw,
			const struct st_datagram *again)
{
	for (size_t i = 0; i < ST_GROUPS; i++) {
		const struct st_group *group = &raw->groups[i];
		struct socktab_group *out = &row->groups[row->group_count];

		if (group->state != 2 || memcmp(group, &again->groups[i], sizeof *group) != 0)
			continue;
		out->family = group->family;
		out->ifindex = group->ifindex;
		memcpy(out->group, group->group, sizeof out->group);
		row->group_count++;
	}
}

void st_datagram_decode(struct socktab_row *row, const struct st_datagram *raw,
			const struct st_datagram *again)
{
	take_peers(row, raw, again);
	take_groups(row, raw, again);
	row->groups_lost = raw->groups_lost;
	row->peers = estimate(raw->seen);
	if (row->peers < row->peer_count)
		row->peers = row->peer_count;
}
