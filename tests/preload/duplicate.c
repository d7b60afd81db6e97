/* SPDX-License-Identifier: MIT
 *
 * Descriptors made of descriptors: dup and its kin, SCM_RIGHTS, pidfd_getfd.
 */
#include <check.h>
#include <netinet/in.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

START_TEST(duplicates_of_every_kind)
{
	static const unsigned options[6] = { 0, 0, 0, SOCKTAB_OPT_CLOEXEC, 0,
					     SOCKTAB_OPT_CLOEXEC };
	struct run *run = start("duplicates_of_every_kind");
	uint64_t source;

	reach(run, "copied");
	source = row_at(run, 0)->id;
	expect(run, number(run, 0), LISTENER, .backlog = 1, .holders = 6);
	for (int i = 1; i < 6; i++)
		expect(run, number(run, i), LISTENER, .origin = SOCKTAB_ORIGIN_DUP, .backlog = 1,
		       .parent = source, .options = options[i], .holders = 6);
	reach(run, "kept");
	expect_none(run, run->pid, number(run, 0));
	expect(run, number(run, 0), LISTENER, .closer = SOCKTAB_CLOSER_CLOSE, .backlog = 1,
	       .holders = 5);
	expect(run, number(run, 1), LISTENER, .origin = SOCKTAB_ORIGIN_DUP, .backlog = 9,
	       .parent = source, .holders = 5);
	for (int i = 2; i < 6; i++)
		ck_assert_int_eq(row_at(run, i)->state, SOCKTAB_STATE_LISTEN);
	finish(run);
}
END_TEST

/* The kernel is asked at the checkpoint: both rows must say LISTEN, and where. */
START_TEST(option_set_through_a_duplicate)
{
	struct run *run = start("option_set_through_a_duplicate");

	reach(run, "set");
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(row_at(run, i)->state, SOCKTAB_STATE_LISTEN);
		ck_assert_int_gt(socktab_address_port(&row_at(run, i)->local), 0);
		ck_assert_uint_ne(row_at(run, i)->options & SOCKTAB_OPT_KEEPALIVE, 0);
	}
	finish(run);
}
END_TEST

START_TEST(dup2_over_a_socket)
{
	struct run *run = start("dup2_over_a_socket");
	const struct socktab_row *first;

	reach(run, "covered");
	first = expect(run, number(run, 0), CLIENT, .tx = MOVED(5, 1), .holders = 2);
	expect(run, number(run, 1), CLIENT, .origin = SOCKTAB_ORIGIN_DUP, .parent = first->id,
	       .tx = MOVED(5, 1), .holders = 2);
	ck_assert_uint_eq(row_at(run, 1)->cookie, first->cookie);
	expect(run, number(run, 1), .state = SOCKTAB_STATE_CLOSED, .closer = SOCKTAB_CLOSER_DUP,
	       .times = CONNECT | CONNECTED, .tx = MOVED(1, 1));
	reach(run, "again");
	ck_assert_uint_eq(row_at(run, 0)->cookie, row_at(run, 1)->cookie);
	ck_assert_uint_eq(row_at(run, 0)->parent, row_at(run, 1)->id);
	ck_assert_uint_eq(closed_rows(run, run->pid, number(run, 0)), 1);
	finish(run);
}
END_TEST

START_TEST(dup2_of_a_file_over_a_socket)
{
	struct run *run = start("dup2_of_a_file_over_a_socket");

	reach(run, "covered");
	expect_none(run, run->pid, number(run, 0));
	expect(run, number(run, 0), LISTENER, .closer = SOCKTAB_CLOSER_DUP, .backlog = 1);
	reach(run, "back");
	expect(run, number(run, 0), .type = SOCK_DGRAM, .origin = SOCKTAB_ORIGIN_DUP,
	       .state = SOCKTAB_STATE_UNCONN, .parent = row_at(run, 0)->parent, .holders = 2);
	ck_assert_uint_ne(row_at(run, 0)->parent, 0);
	finish(run);
}
END_TEST

START_TEST(dup2_onto_itself)
{
	struct run *run = start("dup2_onto_itself");

	reach(run, "same");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_UNCONN, .options = SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(socktab_row_count(run->table), 1);
	finish(run);
}
END_TEST

START_TEST(dup2_that_fails)
{
	struct run *run = start("dup2_that_fails");

	reach(run, "unharmed");
	for (int i = 0; i < 2; i++)
		expect(run, number(run, i), LISTENER, .backlog = 1);
	ck_assert_uint_eq(socktab_row_count(run->table), 2);
	finish(run);
}
END_TEST

START_TEST(nonblock_and_cloexec_set_later)
{
	struct run *run = start("nonblock_and_cloexec_set_later");
	const unsigned both = SOCKTAB_OPT_NONBLOCK | SOCKTAB_OPT_CLOEXEC;

	for (int round = 0; round < 2; round++) {
		reach(run, "on");
		expect(run, number(run, 0), LISTENER, .backlog = 1, .options = both, .holders = 2);
		/* O_NONBLOCK is of the file that both share, close-on-exec of the descriptor */
		ck_assert_uint_eq(row_at(run, 1)->options, SOCKTAB_OPT_NONBLOCK);
		reach(run, "off");
		expect(run, number(run, 0), LISTENER, .backlog = 1, .holders = 2);
	}
	finish(run);
}
END_TEST

/* ------------------------------------------------------------------------- SCM_RIGHTS --- */

START_TEST(passing_a_socket)
{
	struct run *run = start("passing_a_socket");

	reach(run, "passed");
	expect(run, number(run, 0), LISTENER, .backlog = 1, .holders = 2);
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .tx = MOVED(1, 1, .passed = 1));
	expect(run, number(run, 2), PAIR_OF(row_at(run, 2)), .rx = MOVED(1, 1, .passed = 1));
	expect(run, number(run, 3), .origin = SOCKTAB_ORIGIN_SCM, .state = SOCKTAB_STATE_LISTEN,
	       .protocol = IPPROTO_TCP, .holders = 2);
	finish(run);
}
END_TEST

START_TEST(passing_to_another_process)
{
	struct run *run = start("passing_to_another_process");
	const struct socktab_row *row;
	pid_t child;

	reach(run, "taken");
	child = number(run, 0);
	row = expect_of(run, child, number(run, 2), .origin = SOCKTAB_ORIGIN_SCM,
			.state = SOCKTAB_STATE_ESTAB, .protocol = IPPROTO_TCP, .tx = MOVED(5, 1));
	ck_assert_int_gt(socktab_address_port(&row->peer), 0);
	reach(run, "passed");
	ck_assert_uint_eq(process_of(run, child)->open, 0);
	ck_assert_uint_eq(process_of(run, child)->totals.tx_bytes, 5);
	finish(run);
}
END_TEST

START_TEST(passing_several_at_once)
{
	struct run *run = start("passing_several_at_once");

	reach(run, "passed");
	ck_assert_uint_eq(row_at(run, 0)->tx.passed, 5);
	ck_assert_uint_eq(row_at(run, 1)->rx.passed, 5);
	ck_assert_uint_eq(row_at(run, 4)->cookie, row_at(run, 2)->cookie);
	ck_assert_uint_eq(row_at(run, 5)->cookie, row_at(run, 3)->cookie);
	ck_assert_uint_eq(row_at(run, 6)->cookie, row_at(run, 2)->cookie);
	ck_assert_uint_eq(row_at(run, 2)->holders, 3);
	for (int i = 4; i < 7; i++) {
		ck_assert_int_eq(row_at(run, i)->origin, SOCKTAB_ORIGIN_SCM);
		ck_assert_uint_eq(row_at(run, i)->options, SOCKTAB_OPT_CLOEXEC);
	}
	finish(run);
}
END_TEST

START_TEST(passing_to_a_buffer_too_small)
{
	struct run *run = start("passing_to_a_buffer_too_small");

	reach(run, "cut");
	ck_assert_uint_eq(row_at(run, 0)->tx.passed, 4);
	ck_assert_uint_eq(row_at(run, 1)->rx.passed, 2);
	ck_assert_int_eq(row_at(run, 2)->origin, SOCKTAB_ORIGIN_SCM);
	ck_assert_int_eq(row_at(run, 3)->origin, SOCKTAB_ORIGIN_SCM);
	reach(run, "ignored");
	ck_assert_uint_eq(row_at(run, 0)->tx.passed, 8);
	ck_assert_uint_eq(row_at(run, 1)->rx.passed, 2);
	finish(run);
}
END_TEST

START_TEST(passing_and_peeking)
{
	struct run *run = start("passing_and_peeking");

	reach(run, "peeked");
	expect(run, number(run, 0), PAIR_OF(row_at(run, 0)), .rx = MOVED(1, 3, .passed = 3));
	expect(run, number(run, 1), UDP, .holders = 4);
	for (int i = 2; i < 5; i++)
		ck_assert_int_eq(row_at(run, i)->origin, SOCKTAB_ORIGIN_SCM);
	finish(run);
}
END_TEST

START_TEST(passing_by_mmsg)
{
	struct run *run = start("passing_by_mmsg");

	reach(run, "passed");
	expect(run, number(run, 0), PAIR_OF(row_at(run, 0)), .tx = MOVED(2, 1, .passed = 2));
	expect(run, number(run, 1), PAIR_OF(row_at(run, 1)), .rx = MOVED(2, 1, .passed = 2));
	for (int i = 4; i < 6; i++) {
		ck_assert_int_eq(row_at(run, i)->origin, SOCKTAB_ORIGIN_SCM);
		ck_assert_uint_eq(row_at(run, i)->options, SOCKTAB_OPT_CLOEXEC);
		ck_assert_uint_eq(row_at(run, i)->cookie, row_at(run, i - 2)->cookie);
	}
	finish(run);
}
END_TEST

START_TEST(taken_by_pidfd_getfd)
{
	struct run *run = start("taken_by_pidfd_getfd");
	const struct socktab_row *row;

	if (skipped(run))
		return;
	reach(run, "taken");
	row = row_at(run, 1);
	ck_assert_int_eq(row->origin, SOCKTAB_ORIGIN_SCM);
	ck_assert_int_eq(row->state, SOCKTAB_STATE_LISTEN);
	ck_assert_uint_eq(row->options, SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(row->holders, 2);
	reach(run, "kept");
	ck_assert_int_eq(process_of(run, number(run, 0))->life, SOCKTAB_GONE);
	ck_assert_uint_eq(row_at(run, 1)->holders, 1);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, duplicates_of_every_kind);
	tcase_add_test(tcase, option_set_through_a_duplicate);
	tcase_add_test(tcase, dup2_over_a_socket);
	tcase_add_test(tcase, dup2_of_a_file_over_a_socket);
	tcase_add_test(tcase, dup2_onto_itself);
	tcase_add_test(tcase, dup2_that_fails);
	tcase_add_test(tcase, nonblock_and_cloexec_set_later);
	tcase_add_test(tcase, passing_a_socket);
	tcase_add_test(tcase, passing_to_another_process);
	tcase_add_test(tcase, passing_several_at_once);
	tcase_add_test(tcase, passing_to_a_buffer_too_small);
	tcase_add_test(tcase, passing_and_peeking);
	tcase_add_test(tcase, passing_by_mmsg);
	tcase_add_test(tcase, taken_by_pidfd_getfd);
}

int main(void)
{
	return suite_run("duplicate", fill);
}
