/* SPDX-License-Identifier: MIT
 *
 * Bytes: each call that moves them, each answer that lies, each failure; counted exactly.
 */
#include <check.h>
#include <errno.h>
#include <signal.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

static const struct traffic nothing;

/* An accepted end whose listener is closed: its counters alone. */
static void expect_traffic(const struct run *run, int i, struct traffic rx, struct traffic tx)
{
	const struct socktab_row *row = row_at(run, i);

	expect(run, row->fd, .origin = SOCKTAB_ORIGIN_ACCEPT, .state = row->state,
	       .parent = row->parent, .options = row->options, .times = 0, .rx = rx, .tx = tx);
}

START_TEST(send_in_every_way)
{
	struct run *run = start("send_in_every_way");

	reach(run, "sent");	/* pwrite and pwritev do not move bytes on a socket */
	expect(run, number(run, 0), CLIENT, .tx = MOVED(1 + 2 + 8 + 19 + 3 + 8 + 3, 8));
	finish(run);
}
END_TEST

START_TEST(receive_in_every_way)
{
	struct run *run = start("receive_in_every_way");

	reach(run, "received");
	expect_traffic(run, 1,
		       (struct traffic){ .bytes = 1 + 2 + 8 + 14 + 3 + 8 + 3 + 7, .calls = 9 },
		       nothing);
	reach(run, "ended");
	expect_traffic(run, 1, (struct traffic){ .bytes = 64, .calls = 11 }, nothing);
	finish(run);
}
END_TEST

START_TEST(receive_fortified)
{
	struct run *run = start("receive_fortified");

	reach(run, "received");
	expect_traffic(run, 1, (struct traffic){ .bytes = 12, .calls = 3 }, nothing);
	finish(run);
}
END_TEST

START_TEST(peek_and_truncate)
{
	struct run *run = start("peek_and_truncate");

	reach(run, "received");
	expect(run, number(run, 0), PAIR_OF(row_at(run, 0)), .tx = MOVED(40, 4));
	/* what reached the program and will not come again: 4 + 4 + 1 + 4 bytes */
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .rx = MOVED(13, 6));
	finish(run);
}
END_TEST

START_TEST(would_block)
{
	struct run *run = start("would_block");

	reach(run, "full");
	expect(run, number(run, 0), PAIR_OF(row_at(run, 0)),
	       .tx = MOVED((uint64_t)number(run, 2), (uint64_t)number(run, 3) + 1, .again = 2));
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .options = SOCKTAB_OPT_NONBLOCK,
	       .rx = { .calls = 4, .again = 4 });
	finish(run);
}
END_TEST

START_TEST(errors_of_a_broken_connection)
{
	struct run *run = start("errors_of_a_broken_connection");

	reach(run, "broken");
	expect(run, number(run, 0), CLIENT,
	       .rx = { .calls = 1, .errors = 1, .error = ECONNRESET },
	       .tx = { .calls = 1, .errors = 1, .error = EPIPE });
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .rx = { .calls = 2, .again = 1 },
	       .tx = { .calls = 2, .errors = 2, .error = EPIPE });
	expect(run, number(run, 2), .state = SOCKTAB_STATE_UNCONN,
	       .rx = { .calls = 1, .errors = 1, .error = ENOTCONN });
	finish(run);
}
END_TEST

START_TEST(killed_by_sigpipe)
{
	struct run *run = start("killed_by_sigpipe");

	reach(run, "broken");
	finish(run);
	ck_assert_int_eq(run->status & 0x7f, SIGPIPE);
	ck_assert_int_eq(process_of(run, run->pid)->life, SOCKTAB_GONE);
}
END_TEST

START_TEST(sendfile_and_splice)
{
	struct run *run = start("sendfile_and_splice");

	reach(run, "moved");
	expect(run, number(run, 0), CLIENT, .options = SOCKTAB_OPT_NONBLOCK,
	       .tx = MOVED(10, 4, .errors = 1, .error = EBADF, .bulk = 10),
	       .rx = { .calls = 1, .again = 1 });
	expect_traffic(run, 1, (struct traffic){ .bytes = 6, .calls = 1, .bulk = 6 }, nothing);
	finish(run);
}
END_TEST

START_TEST(zerocopy_send)
{
	struct run *run = start("zerocopy_send");

	if (skipped(run))
		return;
	reach(run, "sent");
	expect(run, number(run, 0), CLIENT, .tx = MOVED(30000, 1), .zerocopy = 30000,
	       .rx = { .calls = 1 });
	expect_traffic(run, 1, (struct traffic){ .bytes = 30000, .calls = 1 }, nothing);
	finish(run);
}
END_TEST

START_TEST(counters_of_four_threads)
{
	struct run *run = start("counters_of_four_threads");
	uint64_t bytes = 0;

	for (int i = 0; i < 20000; i++)
		bytes += 1 + (uint64_t)i % 7;
	reach(run, "sent");
	ck_assert_uint_eq(row_at(run, 0)->tx.calls, 4 * 20000);
	ck_assert_uint_eq(row_at(run, 0)->tx.bytes, 4 * bytes);
	ck_assert_uint_eq(row_at(run, 1)->rx.bytes, 4 * bytes);
	ck_assert_uint_eq(row_at(run, 0)->tx.errors + row_at(run, 0)->tx.again, 0);
	finish(run);
}
END_TEST

START_TEST(files_and_pipes_have_no_row)
{
	struct run *run = start("files_and_pipes_have_no_row");

	reach(run, "open");
	ck_assert_uint_eq(socktab_row_count(run->table), 0);
	finish(run);
}
END_TEST

START_TEST(calls_by_number_that_lie)
{
	struct run *run = start("calls_by_number_that_lie");

	reach(run, "moved");
	expect(run, number(run, 0), PAIR_OF(row_at(run, 0)), .tx = MOVED(300, 3));
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .rx = MOVED(20, 3));
	expect(run, number(run, 2), PAIR_OF(row_at(run, 2)), .tx = MOVED(10, 1));
	expect(run, number(run, 3), PAIR_OF(row_at(run, 3)), .rx = MOVED(10, 2));
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, send_in_every_way);
	tcase_add_test(tcase, receive_in_every_way);
	tcase_add_test(tcase, receive_fortified);
	tcase_add_test(tcase, peek_and_truncate);
	tcase_add_test(tcase, would_block);
	tcase_add_test(tcase, errors_of_a_broken_connection);
	tcase_add_test(tcase, killed_by_sigpipe);
	tcase_add_test(tcase, sendfile_and_splice);
	tcase_add_test(tcase, zerocopy_send);
	tcase_add_test(tcase, counters_of_four_threads);
	tcase_add_test(tcase, files_and_pipes_have_no_row);
	tcase_add_test(tcase, calls_by_number_that_lie);
}

int main(void)
{
	return suite_run("bytes", fill);
}
