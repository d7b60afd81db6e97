/* SPDX-License-Identifier: MIT
 *
 * Here we record that descriptors close.
 */
#include "config.h"

#include <errno.h>
#include <linux/close_range.h>
#include <linux/tcp.h>
#include <netinet/in.h>

#include "preload/kernel.h"
#include "preload/record.h"

static bool has_tcp_info(const struct st_row *row)
{
	enum st_state state = load_relaxed(&row->state);

	return row->type == SOCK_STREAM && (row->family == AF_INET || row->family == AF_INET6) &&
	       (row->protocol == 0 || row->protocol == IPPROTO_TCP) &&
	       state != ST_STATE_UNCONN && state != ST_STATE_BOUND && state != ST_STATE_LISTEN;
}

void record_closing(uint64_t ref, int fd)
{
	struct st_row *row = row_of(ref);
	struct tcp_info info;
	socklen_t len = sizeof(info);
	struct st_tcp_final *final = &row->tcp;

	if (!has_tcp_info(row))
		return;
	__builtin_memset(&info, 0, sizeof(info));
	if (kernel_getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) || !row_is(row, ref))
		return;
	or_relaxed(&row->flags, ST_ROW_EXTRA);
	final->rtt_us = info.tcpi_rtt;
	final->rttvar_us = info.tcpi_rttvar;
	final->snd_cwnd = info.tcpi_snd_cwnd;
	final->snd_mss = info.tcpi_snd_mss;
	final->total_retrans = info.tcpi_total_retrans;
	final->lost = info.tcpi_lost;
	final->unacked = info.tcpi_unacked;
	final->bytes_acked = info.tcpi_bytes_acked;
	final->bytes_received = info.tcpi_bytes_received;
	final->bytes_sent = info.tcpi_bytes_sent;
	final->segs_out = info.tcpi_segs_out;
	final->segs_in = info.tcpi_segs_in;
	final->notsent_bytes = info.tcpi_notsent_bytes;
	store_release(&final->state, info.tcpi_state);
}

void record_closed(int fd, uint64_t ref, int error, enum st_closer closer)
{
	if (ref)
		descriptor_clear(fd, ref, error == EBADF ? ST_CLOSER_UNSEEN : closer);
}

/* The coarse clock, all there is under a filter, has ticks of milliseconds: a tie is before. */
static bool was_before(uint64_t created_ns, uint64_t start_ns)
{
	return created_ns < start_ns || (kernel_is_quiet() && created_ns == start_ns);
}

/* A number in the range that another thread opened while the range was being closed may be open
 * or closed: only the kernel knows. */
void record_range_closed(unsigned first, unsigned last, uint64_t start_ns)
{
	unsigned high = (unsigned)load_relaxed(&descriptor_high);

	for (unsigned fd = first; fd <= last && fd < high; fd++) {
		uint64_t ref = descriptor_ref((int)fd);

		if (!ref)
			continue;
		if (was_before(load_relaxed(&row_of(ref)->created_ns), start_ns))
			descriptor_clear((int)fd, ref, ST_CLOSER_RANGE);
		else
			descriptor_check((int)fd, ST_CLOSER_RANGE, ST_ORIGIN_UNKNOWN);
	}
}

void record_range_cloexec(unsigned first, unsigned last)
{
	unsigned high = (unsigned)load_relaxed(&descriptor_high);

	for (unsigned fd = first; fd <= last && fd < high; fd++)
		record_flag((int)fd, ST_OPT_CLOEXEC, true);
}

/* CLOSE_RANGE_UNSHARE gives the calling thread a descriptor table of its own: from then on one
 * map cannot be right for all threads, and the process says so. */
void record_close_range(unsigned first, unsigned last, int flags, uint64_t start_ns)
{
	if (flags & CLOSE_RANGE_UNSHARE)
		record_unshared();
	if (thread_is_apart)
		return;
	if (flags & CLOSE_RANGE_CLOEXEC)
		record_range_cloexec(first, last);
	else
		record_range_closed(first, last, start_ns);
}

/* The mark stays up, so that every call of the process looks twice from now on. */
void record_unshared(void)
{
	if (*table.single_threaded || !table_is_ours())
		return;
	table_lost(ST_LOST_UNSHARED);
	process_flag(ST_PROCESS_UNSHARED);
	thread_is_apart = true;
	if (*fork_mark < 100)
		add_relaxed(fork_mark, 1);
}
