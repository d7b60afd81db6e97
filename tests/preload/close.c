/* SPDX-License-Identifier: MIT
 *
 * Descriptors that go away: by close in all its forms, by libc, by the end of the program.
 */
#include <check.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/wait.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

static void expect_closed_udp(const struct run *run, int i, enum socktab_closer closer)
{
	expect_none(run, run->pid, number(run, i));
	expect(run, number(run, i), UDP, .closer = closer);
}

START_TEST(close_twice)
{
	struct run *run = start("close_twice");

	reach(run, "closed");
	expect_none(run, run->pid, number(run, 0));
	expect(run, number(run, 0), LISTENER, .backlog = 1, .closer = SOCKTAB_CLOSER_CLOSE);
	ck_assert_uint_eq(socktab_row_count(run->table), 1);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.closed, 1);
	finish(run);
}
END_TEST

START_TEST(numbers_used_again)
{
	struct run *run = start("numbers_used_again");

	reach(run, "last");
	expect(run, number(run, 0), .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN);
	expect(run, number(run, 0), .family = AF_INET6, .type = SOCK_DGRAM,
	       .closer = SOCKTAB_CLOSER_CLOSE);
	ck_assert_uint_eq(closed_rows(run, run->pid, number(run, 0)), 9);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.opened, 10);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.closed, 9);
	finish(run);
}
END_TEST

START_TEST(close_range_of_all)
{
	struct run *run = start("close_range_of_all");

	reach(run, "unharmed");
	for (int i = 0; i < 3; i++)
		expect(run, number(run, i), UDP);
	reach(run, "closed");
	expect(run, number(run, 0), UDP);
	expect_closed_udp(run, 1, SOCKTAB_CLOSER_RANGE);
	expect_closed_udp(run, 2, SOCKTAB_CLOSER_RANGE);
	finish(run);
}
END_TEST

START_TEST(close_range_with_a_hole)
{
	struct run *run = start("close_range_with_a_hole");

	reach(run, "closed");
	expect(run, number(run, 0), UDP);
	expect_closed_udp(run, 1, SOCKTAB_CLOSER_RANGE);
	expect_closed_udp(run, 2, SOCKTAB_CLOSER_CLOSE);
	expect_closed_udp(run, 3, SOCKTAB_CLOSER_RANGE);
	expect_closed_udp(run, 4, SOCKTAB_CLOSER_RANGE);
	expect(run, number(run, 5), UDP);
	finish(run);
}
END_TEST

START_TEST(close_range_that_only_marks)
{
	struct run *run = start("close_range_that_only_marks");

	if (skipped(run))
		return;
	reach(run, "marked");
	expect(run, number(run, 0), UDP);
	expect(run, number(run, 1), UDP, .options = SOCKTAB_OPT_CLOEXEC);
	finish(run);
}
END_TEST

START_TEST(close_range_that_unshares)
{
	struct run *run = start("close_range_that_unshares");

	reach(run, "closed");
	expect(run, number(run, 0), UDP);
	expect_closed_udp(run, 1, SOCKTAB_CLOSER_RANGE);
	finish(run);
}
END_TEST

START_TEST(closefrom_a_number)
{
	struct run *run = start("closefrom_a_number");

	reach(run, "closed");
	expect(run, number(run, 0), UDP);
	expect_closed_udp(run, 1, SOCKTAB_CLOSER_RANGE);
	expect_none(run, run->pid, number(run, 2));
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	finish(run);
}
END_TEST

START_TEST(close_all_loop)
{
	struct run *run = start("close_all_loop");

	reach(run, "closed");
	expect(run, number(run, 0), LISTENER, .backlog = 1, .closer = SOCKTAB_CLOSER_CLOSE);
	expect(run, number(run, 1), LISTENER, .backlog = 1, .origin = SOCKTAB_ORIGIN_DUP,
	       .parent = socktab_row(run->table, 0)->id, .closer = SOCKTAB_CLOSER_CLOSE);
	ck_assert_uint_eq(socktab_row_count(run->table), 2);
	finish(run);
}
END_TEST

START_TEST(fclose_of_a_socket)
{
	struct run *run = start("fclose_of_a_socket");

	reach(run, "spoken");	/* what stdio moved inside libc passed no wrapper */
	ck_assert_uint_eq(row_at(run, 1)->rx.bytes, 5);
	reach(run, "closed");
	expect_none(run, run->pid, number(run, 0));
	expect(run, number(run, 0), .family = AF_UNIX, .origin = SOCKTAB_ORIGIN_SOCKETPAIR,
	       .pair = row_at(run, 1)->id,
	       .closer = SOCKTAB_CLOSER_STDIO);
	finish(run);
}
END_TEST

START_TEST(fclose_of_a_stream_whose_socket_is_closed)
{
	struct run *run = start("fclose_of_a_stream_whose_socket_is_closed");

	reach(run, "closed");
	expect(run, number(run, 0), LISTENER, .backlog = 1, .closer = SOCKTAB_CLOSER_CLOSE);
	finish(run);
}
END_TEST

START_TEST(freopen_over_a_socket)
{
	struct run *run = start("freopen_over_a_socket");

	reach(run, "socket");
	expect(run, number(run, 0), UDP, .holders = 2);
	ck_assert_ptr_nonnull(row_at(run, 1));
	reach(run, "file");
	expect(run, number(run, 0), UDP);
	expect_none(run, run->pid, number(run, 1));
	reach(run, "nothing");
	expect(run, number(run, 0), UDP);
	expect_none(run, run->pid, number(run, 1));
	ck_assert_uint_eq(closed_rows(run, run->pid, number(run, 1)), 2);
	finish(run);
}
END_TEST

START_TEST(login_tty_over_sockets)
{
	struct run *run = start("login_tty_over_sockets");

	if (skipped(run))
		return;
	reach(run, "before");
	ck_assert_uint_eq(process_of(run, number(run, 0))->open, 3);
	reach(run, "after");
	for (int i = 0; i < 2; i++)
		expect_none(run, number(run, 0), i);
	finish(run);
}
END_TEST

START_TEST(mq_close_of_a_socket)
{
	struct run *run = start("mq_close_of_a_socket");

	reach(run, "closed");
	expect_closed_udp(run, 0, SOCKTAB_CLOSER_OTHER);
	finish(run);
}
END_TEST

START_TEST(close_cancelled)
{
	struct run *run = start("close_cancelled");

	reach(run, "kept");
	expect(run, number(run, 0), UDP);
	reach(run, "closed");
	expect_closed_udp(run, 0, SOCKTAB_CLOSER_CLOSE);
	finish(run);
}
END_TEST

START_TEST(close_of_a_tcp_connection)
{
	struct run *run = start("close_of_a_tcp_connection");
	const struct socktab_row *row;

	reach(run, "closed");
	row = expect(run, number(run, 0), .closer = SOCKTAB_CLOSER_CLOSE,
		     .times = CONNECT | CONNECTED, .tx = MOVED(1000, 1), .rx = MOVED(10, 1));
	ck_assert_uint_eq(row->tcp.state, TCP_ESTABLISHED);
	ck_assert_uint_eq(row->tcp.bytes_received, 10);
	ck_assert_uint_eq(row->tcp.bytes_sent, 1000);
	ck_assert_uint_ge(row->tcp.bytes_acked, 1000);
	ck_assert_uint_gt(row->tcp.segs_out, 0);
	ck_assert_uint_gt(row->tcp.rtt_us, 0);
	finish(run);
}
END_TEST

START_TEST(exit_with_open_sockets)
{
	struct run *run = start("exit_with_open_sockets");
	const struct socktab_process *process;

	reach(run, "open");
	finish(run);
	process = process_of(run, run->pid);
	ck_assert_int_eq(process->life, SOCKTAB_EXITED);
	ck_assert_int_eq(process->exit_status, 42);
	ck_assert(process->ended_ns >= process->attached_ns);
	ck_assert_uint_eq(socktab_row_count(run->table), 1);
	ck_assert(!socktab_row(run->table, 0)->closed);	/* it was open at the end: a leak */
	ck_assert_int_eq(socktab_row(run->table, 0)->state, SOCKTAB_STATE_LISTEN);
}
END_TEST

/* Killed with an open socket: its row is as it was. */
static void dies(const char *program, int signal)
{
	struct run *run = start(program);

	reach(run, "open");
	finish(run);
	ck_assert(WIFSIGNALED(run->status));
	ck_assert_int_eq(WTERMSIG(run->status), signal);
	ck_assert_int_eq(process_of(run, run->pid)->life, SOCKTAB_GONE);
	ck_assert_uint_eq(socktab_row_count(run->table), 1);
	ck_assert(!socktab_row(run->table, 0)->closed);
	ck_assert_int_eq(socktab_row(run->table, 0)->state, SOCKTAB_STATE_LISTEN);
}

START_TEST(killed_in_the_middle)
{
	dies("killed_in_the_middle", SIGKILL);
}
END_TEST

START_TEST(aborted)
{
	dies("aborted", SIGABRT);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, close_twice);
	tcase_add_test(tcase, numbers_used_again);
	tcase_add_test(tcase, close_range_of_all);
	tcase_add_test(tcase, close_range_with_a_hole);
	tcase_add_test(tcase, close_range_that_only_marks);
	tcase_add_test(tcase, close_range_that_unshares);
	tcase_add_test(tcase, closefrom_a_number);
	tcase_add_test(tcase, close_all_loop);
	tcase_add_test(tcase, fclose_of_a_socket);
	tcase_add_test(tcase, fclose_of_a_stream_whose_socket_is_closed);
	tcase_add_test(tcase, freopen_over_a_socket);
	tcase_add_test(tcase, mq_close_of_a_socket);
	tcase_add_test(tcase, close_cancelled);
	tcase_add_test(tcase, close_of_a_tcp_connection);
	tcase_add_test(tcase, exit_with_open_sockets);
	tcase_add_test(tcase, killed_in_the_middle);
	tcase_add_test(tcase, aborted);
	tcase_add_test(tcase, login_tty_over_sockets);
}

int main(void)
{
	return suite_run("close", fill);
}
