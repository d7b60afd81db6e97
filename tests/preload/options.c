/* SPDX-License-Identifier: MIT
 *
 * Options that people ask about: set, unset, refused, learnt. Their values are held against the
 * kernel at each checkpoint.
 */
#include <check.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

#define FRESH .state = SOCKTAB_STATE_UNCONN

START_TEST(options_of_tcp)
{
	struct run *run = start("options_of_tcp");

	reach(run, "set");
	expect(run, number(run, 0), FRESH, .buffers = true, .linger_s = 12, .rcvtimeo_ms = 3500,
	       .sndtimeo_ms = 7500,
	       .options = SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_CORK | SOCKTAB_OPT_KEEPALIVE
			  | SOCKTAB_OPT_REUSEADDR | SOCKTAB_OPT_REUSEPORT | SOCKTAB_OPT_LINGER);
	reach(run, "unset");
	expect(run, number(run, 0), FRESH, .buffers = true,
	       .sndtimeo_ms = 7500,
	       .linger_s = row_at(run, 0)->linger_s,
	       .options = SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_REUSEADDR | SOCKTAB_OPT_REUSEPORT);
	finish(run);
}
END_TEST

START_TEST(options_of_other_families)
{
	struct run *run = start("options_of_other_families");

	reach(run, "set");
	expect(run, number(run, 0), FRESH, .type = SOCK_DGRAM, .options = SOCKTAB_OPT_BROADCAST);
	expect(run, number(run, 1), FRESH, .family = AF_INET6, .options = SOCKTAB_OPT_V6ONLY);
	expect(run, number(run, 2), FRESH, .family = AF_UNIX, .options = SOCKTAB_OPT_PASSCRED);
	finish(run);
}
END_TEST

START_TEST(options_that_are_refused)
{
	struct run *run = start("options_that_are_refused");

	reach(run, "unset");
	expect(run, number(run, 0), FRESH);
	finish(run);
}
END_TEST

START_TEST(options_learnt_by_asking)
{
	struct run *run = start("options_learnt_by_asking");
	const unsigned asked = SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_KEEPALIVE;

	reach(run, "asked");
	expect(run, number(run, 0), FRESH, .buffers = true);
	ck_assert_uint_eq(row_at(run, 0)->options_known & asked,
			  asked);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, options_of_tcp);
	tcase_add_test(tcase, options_of_other_families);
	tcase_add_test(tcase, options_that_are_refused);
	tcase_add_test(tcase, options_learnt_by_asking);
}

int main(void)
{
	return suite_run("options", fill);
}
