/* SPDX-License-Identifier: MIT
 *
 * One test program of tests/preload: its cases, its private directory, its skips.
 */
#ifndef SUITE_H
#define SUITE_H

#include <check.h>

/* Runs the cases of `fill` and answers the exit status for main; 77 when all were skipped. */
int suite_run(const char *name, void (*fill)(TCase *));

const char *suite_module(void);		/* $SOCKTAB_MODULE, else the one of the build tree */
const char *suite_programs(void);	/* the directory of the programs under test */
const char *suite_directory(void);	/* SOCKTAB_DIR of the tests; removed at the end */
void suite_count_a_skip(void);


#endif
