/* SPDX-License-Identifier: MIT
 *
 * Seccomp filters around descriptors and processes: whose filter it is, and what is not known
 * because nobody may ask.
 */
#include <check.h>

#include "expect.h"
#include "suite.h"

START_TEST(filter_in_a_vfork_child)
{
	struct run *run = start("filter_in_a_vfork_child");
	pid_t child;

	reach(run, "forked");
	child = number(run, 0);
	ck_assert(!process_of(run, run->pid)->quiet);
	ck_assert(!process_of(run, child)->quiet);
	expect(run, number(run, 1), LISTENER, .backlog = 4, .holders = 4);
	for (int i = 1; i <= 2; i++)
		ck_assert_int_eq(row_of(run, child, number(run, i))->origin, SOCKTAB_ORIGIN_FORK);
	reach(run, "kept");
	expect(run, number(run, 0), LISTENER, .backlog = 4, .holders = 2);
	finish(run);
}
END_TEST

START_TEST(passing_under_a_filter)
{
	struct run *run = start_with(&(struct launch){ .program = "passing_under_a_filter",
						       .tolerate = LOSSES });

	reach(run, "arrived");	/* without a row, or with one that says so: it is counted */
	ck_assert_uint_eq(socktab_losses(run->table).quiet, 1);
	ck_assert(process_of(run, run->pid)->quiet);
	finish(run);
}
END_TEST

START_TEST(close_range_under_a_filter)
{
	struct run *run = start_with(&(struct launch){ .program = "close_range_under_a_filter",
						       .tolerate = LOSSES });

	reach(run, "closed");
	ck_assert_uint_eq(process_of(run, run->pid)->totals.closed, 10);
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	for (size_t i = 0; i < socktab_row_count(run->table); i++)
		if (socktab_row(run->table, i)->closed)
			ck_assert_int_eq(socktab_row(run->table, i)->closer, SOCKTAB_CLOSER_RANGE);
	finish(run);
}
END_TEST

/* The filter came with the exec: nothing is recorded, and nothing asked. */
START_TEST(vfork_under_a_filter_from_before)
{
	struct run *run = start_with(&(struct launch){
		.program = "vfork_under_a_filter_from_before", .tolerate = BLIND });

	reach(run, "alive");
	ck_assert(process_of(run, run->pid)->quiet);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, filter_in_a_vfork_child);
	tcase_add_test(tcase, passing_under_a_filter);
	tcase_add_test(tcase, close_range_under_a_filter);
	tcase_add_test(tcase, vfork_under_a_filter_from_before);
}

int main(void)
{
	return suite_run("filter", fill);
}
