/* SPDX-License-Identifier: MIT
 *
 * Programs that tell all that they are answered (errno, lengths, flags): what they say must be
 * what they say bare. That is checked of every program; these are there for nothing else.
 */
#include <check.h>

#include "expect.h"
#include "suite.h"

static const struct { const char *program, *label; } programs[] = {
	{ "errno_is_left_alone", "open" },
	{ "lengths_that_come_back", "asked" },
	{ "flags_of_creation", "open" },
	{ "creation_that_fails", "none" },
	{ "options_that_are_refused", "unset" },
	{ "pointers_to_nowhere", "refused" },
};

START_TEST(as_bare)
{
	struct run *run = start(programs[_i].program);

	reach(run, programs[_i].label);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, as_bare, 0, sizeof(programs) / sizeof(*programs));
}

int main(void)
{
	return suite_run("bare", fill);
}
