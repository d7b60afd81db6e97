/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that copy between descriptors inside the kernel.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/count.h"

static void count_bulk(struct st_row *row, struct st_counters *counters, int fd, ssize_t moved)
{
	count(row, counters, fd, moved);
	if (moved > 0)
		tally(&counters->bulk_bytes, (uint64_t)moved);
}

static void count_bulk_sent(uint64_t ref, int fd, ssize_t moved)
{
	struct st_row *row = row_after(ref, fd);

	if (row)
		count_bulk(row, &row->tx, fd, moved);
}

static void count_bulk_received(uint64_t ref, int fd, ssize_t moved)
{
	struct st_row *row = row_after(ref, fd);

	if (row)
		count_bulk(row, &row->rx, fd, moved);
}

EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t len)
{
	uint64_t ref = descriptor_ref(out);
	ssize_t moved = REAL(sendfile)(out, in, offset, len);

	count_bulk_sent(ref, out, moved);
	return moved;
}

EXPORT ssize_t sendfile64(int out, int in, off64_t *offset, size_t len)
{
	uint64_t ref = descriptor_ref(out);
	ssize_t moved = REAL(sendfile64)(out, in, offset, len);

	count_bulk_sent(ref, out, moved);
	return moved;
}

EXPORT ssize_t splice(int in, off64_t *in_offset, int out, off64_t *out_offset, size_t len,
		      unsigned flags)
{
	uint64_t from = descriptor_ref(in);
	uint64_t to = descriptor_ref(out);
	ssize_t moved = REAL(splice)(in, in_offset, out, out_offset, len, flags);

	count_bulk_received(from, in, moved);
	count_bulk_sent(to, out, moved);
	return moved;
}
