/* SPDX-License-Identifier: MIT
 *
 * Many of everything: threads on the same numbers, sockets in a process, processes in a session.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

START_TEST(stress_of_eight_threads)
{
	struct run *run = start("stress_of_eight_threads");
	const struct socktab_process *process;
	uint64_t sent;

	reach(run, "settled");
	sent = strtoull(strrchr(run->line, ' '), NULL, 10);
	process = process_of(run, run->pid);
	ck_assert_uint_eq(process->totals.tx_bytes, sent);
	ck_assert_uint_eq(process->totals.rx_bytes, sent);
	ck_assert_uint_eq(process->totals.opened, process->totals.closed + process->open);
	ck_assert_uint_eq(process->open, 1 + 8);
	finish(run);
}
END_TEST

START_TEST(twenty_thousand_sockets)
{
	struct run *run = start("twenty_thousand_sockets");

	reach(run, "open");
	ck_assert_uint_eq(process_of(run, run->pid)->open, (uint32_t)number(run, 2));
	printf("twenty_thousand_sockets: %d\n", number(run, 2));
	reach(run, "closed");
	ck_assert_uint_eq(process_of(run, run->pid)->open, 7);
	finish(run);
}
END_TEST

START_TEST(two_hundred_processes)
{
	struct run *run = start("two_hundred_processes");
	const struct socktab_row *shared;

	reach(run, "running");
	ck_assert_uint_eq(socktab_process_count(run->table), 201);
	shared = row_at(run, 0);
	ck_assert_uint_eq(shared->holders, 201);
	reach(run, "alone");
	shared = row_at(run, 0);
	ck_assert_uint_eq(shared->holders, 1);
	finish(run);
}
END_TEST

/* Whoever finds the table full does not ask each time whether anybody died meanwhile: an opening
 * took a hundred times as long. */
START_TEST(opening_in_a_full_table)
{
	struct run *run = start_with(&(struct launch){ .program = "opening_in_a_full_table",
						       .arguments = { "16384" }, .rows = "16384",
						       .tolerate = LOSSES });

	if (skipped(run))
		return;
	reach(run, "full");
	printf("opening_in_a_full_table: %d ns before, %d ns then\n", number(run, 0),
	       number(run, 1));
	ck_assert_int_lt(number(run, 1), 8 * number(run, 0));
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, stress_of_eight_threads);
	tcase_add_test(tcase, twenty_thousand_sockets);
	tcase_add_test(tcase, two_hundred_processes);
	tcase_add_test(tcase, opening_in_a_full_table);
}

int main(void)
{
	return suite_run("many", fill);
}
