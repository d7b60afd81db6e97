/* SPDX-License-Identifier: MIT
 *
 * What doctor's examinations report to: a line each, and whether all is well.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include <stdbool.h>
#include <sys/types.h>

struct report {
	bool quiet;
	size_t problems;
};

void report_good(struct report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void report_note(struct report *report, const char *format, ...)	/* no problem, but know it */
	__attribute__((format(printf, 2, 3)));
void report_problem(struct report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* This machine and this user. */
void examine_machine(struct report *report);
/* A program: can it be preloaded? */
void examine_program(struct report *report, const char *name);
/* A running process: is it in a session? */
void examine_process(struct report *report, pid_t pid);

#endif
