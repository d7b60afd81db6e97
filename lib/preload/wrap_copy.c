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

EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t len)
{
	struct st_row *row = descriptor_row(out);
	ssize_t moved = REAL(sendfile)(out, in, offset, len);

	if (row)
		count_bulk(row, &row->tx, out, moved);
	return moved;
}

EXPORT ssize_t sendfile64(int out, int in, off64_t *offset, size_t len)
{
	struct st_row *row = descriptor_row(out);
	ssize_t moved = REAL(sendfile64)(out, in, offset, len);

	if (row)
		count_bulk(row, &row->tx, out, moved);
	return moved;
}

EXPORT ssize_t splice(int in, off64_t *in_offset, int out, off64_t *out_offset, size_t len,
		      unsigned flags)
{
	struct st_row *from = descriptor_row(in);
	struct st_row *to = descriptor_row(out);
	ssize_t moved = REAL(splice)(in, in_offset, out, out_offset, len, flags);

	if (from)
		count_bulk(from, &from->rx, in, moved);
	if (to)
		count_bulk(to, &to->tx, out, moved);
	return moved;
}
