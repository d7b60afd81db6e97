/* SPDX-License-Identifier: MIT
 *
 * Here we record what datagrams and control messages carry besides bytes.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "preload/address.h"
#include "preload/clock.h"
#include "preload/record.h"

/* ---------------------------------------------------------------------------- peers --- */

/* FNV-1a, 64 bits: its top byte picks one of the 256 bits that count distinct peers. */
static unsigned hash_of(const uint8_t *bytes, size_t len)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
	return (unsigned)(hash >> 56 ^ hash >> 24) & 255;
}

static bool peer_is(const struct st_peer *peer, const void *address, size_t len)
{
	size_t kept = len < ST_PEER_MAX ? len : ST_PEER_MAX;

	return !(load_acquire(&peer->seq) & 1) && peer->len == len &&
	       !memcmp(peer->bytes, address, kept);
}

/* The place may be in use by another thread, or by what a signal interrupted: then let it be. */
static void peer_write(struct st_peer *peer, const void *address, size_t len)
{
	uint16_t seq = load_relaxed(&peer->seq);
	size_t kept = len < ST_PEER_MAX ? len : ST_PEER_MAX;

	if (seq & 1 || !cas_acq_rel(&peer->seq, &seq, (uint16_t)(seq + 1)))
		return;
	peer->len = (uint16_t)len;
	memcpy(peer->bytes, address, kept);
	store_release(&peer->seq, (uint16_t)(seq + 2));
}

void record_peer(struct st_row *row, const void *address, socklen_t len)
{
	struct st_datagram *dgram = &row->dgram;
	struct st_address peer;
	unsigned bit;

	if (!len || row->type == SOCK_STREAM)
		return;
	address_normal(&peer, address, len);
	for (int i = 0; i < ST_PEERS; i++)
		if (peer_is(&dgram->peers[i], peer.bytes, peer.len))
			return;
	or_relaxed(&row->flags, ST_ROW_EXTRA);
	bit = hash_of(peer.bytes, peer.len < ST_ADDRESS_MAX ? peer.len : ST_ADDRESS_MAX);
	or_relaxed(&dgram->seen[bit / 64], UINT64_C(1) << bit % 64);
	peer_write(&dgram->peers[add_relaxed(&dgram->peer_next, 1) % ST_PEERS], peer.bytes,
		   peer.len);
}

/* ---------------------------------------------------------------------------- rights --- */

static unsigned rights_in(const struct cmsghdr *cmsg)
{
	if (cmsg->cmsg_level != SOL_SOCKET || cmsg->cmsg_type != SCM_RIGHTS)
		return 0;
	return (unsigned)((cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int));
}

void record_rights_sent(struct st_row *row, const struct msghdr *message)
{
	struct cmsghdr *cmsg;
	unsigned count = 0;

	for (cmsg = CMSG_FIRSTHDR(message); cmsg;
	     cmsg = CMSG_NXTHDR((struct msghdr *)message, cmsg))
		count += rights_in(cmsg);
	add_relaxed(&row->tx.passed, count);
}

/* Only those that fit have been made (unix(7)); most of them may be files, which the kernel is
 * asked: arriving is their opening. */
void record_rights_received(struct st_row *row, const struct msghdr *message)
{
	struct cmsghdr *cmsg;

	for (cmsg = CMSG_FIRSTHDR(message); cmsg;
	     cmsg = CMSG_NXTHDR((struct msghdr *)message, cmsg)) {
		unsigned count = rights_in(cmsg);

		for (unsigned i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(cmsg) + i * sizeof(fd), sizeof(fd));
			record_found(fd, ST_ORIGIN_SCM);
		}
		if (row)
			add_relaxed(&row->rx.passed, count);
	}
}

/* -------------------------------------------------------------------------- sending --- */

/* TCP Fast Open (tcp(7)): the first send is the connect. */
static void fast_opened(struct st_row *row, int fd, const void *address, socklen_t len)
{
	enum st_state state = load_relaxed(&row->state);
	struct connect_attempt attempt = { .start_ns = clock_now(), .ref = row_ref(row) };

	if (state != ST_STATE_UNCONN && state != ST_STATE_BOUND)
		return;
	record_connect(fd, &attempt, address, len, EINPROGRESS);
}

void record_sent_to(struct st_row *row, int fd, const void *address, socklen_t len, int flags,
		    ssize_t sent)
{
	if (!address || !len || (sent < 0 && errno != EINPROGRESS))
		return;
	if (row->type != SOCK_STREAM && sent >= 0)
		record_peer(row, address, len);
	else if (flags & MSG_FASTOPEN)
		fast_opened(row, fd, address, len);
}

void record_message_sent(struct st_row *row, int fd, const struct msghdr *message, int flags,
			 ssize_t sent)
{
	if (sent < 0 && !(flags & MSG_FASTOPEN && errno == EINPROGRESS))
		return;
	record_sent_to(row, fd, message->msg_name, message->msg_namelen, flags, sent);
	if (message->msg_controllen && sent >= 0)
		record_rights_sent(row, message);
}
