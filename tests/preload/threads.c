/* SPDX-License-Identifier: MIT
 *
 * What interrupts a program in the middle: threads, signals, cancellation, jumps.
 */
#include <check.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

/* Every row that was opened was closed, but for those that are open. */
static void expect_balance(const struct run *run)
{
	const struct socktab_process *process = process_of(run, run->pid);

	ck_assert_uint_eq(process->totals.opened, process->totals.closed + process->open);
}

START_TEST(numbers_used_again_by_threads)
{
	struct run *run = start("numbers_used_again_by_threads");

	reach(run, "last");
	for (int i = 0; i < 4; i++)
		expect(run, number(run, i), .family = AF_UNIX, .type = SOCK_DGRAM,
		       .state = SOCKTAB_STATE_UNCONN, .other_thread = true);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.opened, 4 * 20000);
	expect_balance(run);
	finish(run);
}
END_TEST

START_TEST(handler_that_opens_and_closes)
{
	struct run *run = start("handler_that_opens_and_closes");

	reach(run, "kept");
	expect(run, number(run, 0), UDP);
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	expect_balance(run);
	finish(run);
}
END_TEST

START_TEST(handler_on_a_small_stack)
{
	struct run *run = start("handler_on_a_small_stack");

	reach(run, "open");
	ck_assert_int_eq(row_at(run, 0)->origin, SOCKTAB_ORIGIN_DUP);
	ck_assert_uint_eq(row_at(run, 0)->rx.again, 1);
	expect_balance(run);
	finish(run);
}
END_TEST

START_TEST(longjmp_out_of_recv)
{
	struct run *run = start("longjmp_out_of_recv");

	reach(run, "received");	/* the calls that were left by a jump never ended */
	ck_assert_uint_eq(row_at(run, 0)->rx.bytes, 1);
	ck_assert_uint_eq(row_at(run, 0)->rx.errors, 0);
	reach(run, "closed");
	expect_none(run, run->pid, number(run, 0));
	finish(run);
}
END_TEST

START_TEST(cancelled_while_waiting)
{
	struct run *run = start("cancelled_while_waiting");

	reach(run, "alive");
	ck_assert_int_eq(row_at(run, 0)->state, SOCKTAB_STATE_LISTEN);
	ck_assert_uint_eq(row_at(run, 0)->accepted, 0);
	ck_assert_uint_eq(row_at(run, 1)->rx.bytes, 1);
	finish(run);
}
END_TEST

START_TEST(interrupted_calls)
{
	struct run *run = start("interrupted_calls");

	reach(run, "interrupted");	/* EINTR is no error */
	ck_assert_uint_eq(row_at(run, 0)->rx.errors, 0);
	ck_assert_uint_eq(row_at(run, 0)->rx.bytes, 0);
	reach(run, "restarted");
	ck_assert_uint_eq(row_at(run, 0)->rx.errors, 0);
	finish(run);
}
END_TEST

START_TEST(thread_with_descriptors_of_its_own)
{
	struct run *run = start_with(&(struct launch){
		.program = "thread_with_descriptors_of_its_own", .tolerate = LOSSES });
	struct socktab_losses losses;

	reach(run, "kept");
	losses = socktab_losses(run->table);
	ck_assert_uint_gt(losses.unshared, 0);
	ck_assert(process_of(run, run->pid)->unshared);
	finish(run);
}
END_TEST

/* The row is still there, closed: what arrived was its own. */
START_TEST(receive_while_another_thread_closes)
{
	struct run *run = start("receive_while_another_thread_closes");
	const struct socktab_process *process;

	reach(run, "received");
	ck_assert_uint_eq(closed_rows(run, run->pid, number(run, 0)), 1);
	ck_assert_uint_eq(row_at(run, 0)->rx.calls, 0);
	process = process_of(run, run->pid);
	ck_assert_uint_eq(process->totals.rx_bytes, 10);
	ck_assert_uint_eq(process->totals.tx_bytes, 10);
	finish(run);
}
END_TEST

/* Number and row are another socket's by now. */
START_TEST(receive_while_another_thread_closes_and_opens)
{
	struct run *run = start_with(&(struct launch){
		.program = "receive_while_another_thread_closes", .arguments = { "3" } });

	reach(run, "received");
	ck_assert_uint_eq(row_at(run, 1)->tx.bytes, 10);
	for (size_t i = 0; i < socktab_row_count(run->table); i++)
		ck_assert_uint_eq(socktab_row(run->table, i)->rx.calls, 0);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, numbers_used_again_by_threads);
	tcase_add_test(tcase, handler_that_opens_and_closes);
	tcase_add_test(tcase, handler_on_a_small_stack);
	tcase_add_test(tcase, longjmp_out_of_recv);
	tcase_add_test(tcase, cancelled_while_waiting);
	tcase_add_test(tcase, interrupted_calls);
	tcase_add_test(tcase, thread_with_descriptors_of_its_own);
	tcase_add_test(tcase, receive_while_another_thread_closes);
	tcase_add_test(tcase, receive_while_another_thread_closes_and_opens);
}

int main(void)
{
	return suite_run("threads", fill);
}
