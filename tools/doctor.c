/* SPDX-License-Identifier: MIT
 *
 * Here we find out why something is not in the table: socktab doctor.
 */
#include "config.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "doctor.h"
#include "escape.h"
#include "program.h"

extern const struct command doctor_command;

static void say(const struct report *report, const char *mark, const char *format, va_list args)
{
	char line[1024], safe[4 * sizeof(line)];

	if (report->quiet)
		return;
	vsnprintf(line, sizeof(line), format, args);
	escape_text(safe, sizeof(safe), line, strlen(line));
	printf("%-8s %s\n", mark, safe);
}

void report_good(struct report *report, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(report, "ok", format, args);
	va_end(args);
}

void report_note(struct report *report, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(report, "note", format, args);
	va_end(args);
}

void report_problem(struct report *report, const char *format, ...)
{
	va_list args;

	report->problems++;
	va_start(args, format);
	say(report, "problem", format, args);
	va_end(args);
}

void examine_program(struct report *report, const char *name)
{
	struct program program;

	if (program_find(name, &program)) {
		report->problems++;
		return;
	}
	program_judge(&program);
	if (program.script[0])
		report_note(report, "%s is a script of %s", program.script, program.path);
	if (program.why[0])
		report_problem(report, "%s cannot be preloaded: %s", program.path, program.why);
	else
		report_good(report, "%s can be preloaded", program.path);
}

static int run(int argc, char **argv)
{
	struct report report = { .quiet = false };
	int at = options_parse(&doctor_command, &report, argc, argv);
	const char *what = argv[at];

	options_end(&doctor_command, argc, argv, at + 1);
	if (!what)
		examine_machine(&report);
	else if (strspn(what, "0123456789") == strlen(what))
		examine_process(&report, (pid_t)option_number(what, INT32_MAX, "pid"));
	else
		examine_program(&report, what);
	return report.problems ? STATUS_NOTHING : STATUS_OK;
}

static const struct option_entry own_options[] = {
	{ 'q', "quiet", NULL, "print nothing: the status tells",
	  option_true, offsetof(struct report, quiet), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ 0 }
};

const struct command doctor_command = {
	.name = "doctor",
	.operands = "[CMD | PID]",
	.summary = "say whether programs can be preloaded here, or this one, and if not why",
	.details = "Status 1: there is a problem.",
	.run = run,
	.groups = groups,
	.words = WORDS_PROGRAM,
};
