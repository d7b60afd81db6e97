/* SPDX-License-Identifier: MIT
 *
 * A program of tests/programs, run under the module and bare.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agree.h"
#include "kernel.h"
#include "run.h"
#include "suite.h"

enum { ANSWER_MS = 60000, AGREE_MS = 5000, DESCENDANTS_MAX = 4096 };

static struct run *current;	/* of the test that runs, for its fixture */

/* ------------------------------------------------------------------------------- start --- */

static void set_environment(const struct run *run)
{
	const char *variables[] = { "LD_PRELOAD", "SOCKTAB_DIR", "SOCKTAB_SESSION", "SOCKTAB_ROWS",
				    "SOCKTAB_VERBOSE" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		unsetenv(variables[i]);
	if (!run->preloaded)
		return;
	setenv("LD_PRELOAD", suite_module(), 1);
	setenv("SOCKTAB_DIR", run->directory, 1);
	setenv("SOCKTAB_SESSION", run->session, 1);
	if (run->launch.rows)
		setenv("SOCKTAB_ROWS", run->launch.rows, 1);
	if (run->launch.verbose)
		setenv("SOCKTAB_VERBOSE", "1", 1);
}

/* In the child: the program's three descriptors and nothing else. */
static void become(const struct run *run, int in, int out)
{
	char path[512], *arguments[6] = { path };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	snprintf(path, sizeof(path), "%s/%s", suite_programs(), run->launch.program);
	for (int i = 0; i < 4; i++)
		arguments[i + 1] = (char *)(uintptr_t)run->launch.arguments[i];
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(run->errors, 2) < 0)
		_exit(125);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	if (chdir(suite_directory()) < 0)
		_exit(125);
	set_environment(run);
	if (run->launch.prepare)
		run->launch.prepare(run->directory);
	execv(path, arguments);
	_exit(125);
}

static struct run *launch(const struct launch *launch, bool preloaded)
{
	struct run *run = calloc(1, sizeof(*run));
	int in[2], out[2];

	ck_assert_ptr_nonnull(run);
	run->launch = *launch;
	run->preloaded = preloaded;
	snprintf(run->directory, sizeof(run->directory), "%s",
		 launch->directory ? launch->directory : suite_directory());
	snprintf(run->session, sizeof(run->session), "%s", launch->program);
	run->notes = open_memstream(&run->transcript, &run->transcript_size);
	run->errors = memfd_create("stderr", MFD_CLOEXEC);
	ck_assert_int_ge(run->errors, 0);
	ck_assert_int_eq(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
	fflush(NULL);
	run->pid = fork();
	if (!run->pid)
		become(run, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	run->to = in[1];
	run->from = out[0];
	return run;
}

struct run *start_with(const struct launch *how)
{
	signal(SIGPIPE, SIG_IGN);	/* a program that died is found by its silence */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	current = launch(how, true);
	return current;
}

struct run *start(const char *program)
{
	return start_with(&(struct launch){ .program = program });
}

/* ----------------------------------------------------------------------- conversation --- */

void let_go(struct run *run)
{
	if (run->waiting && write(run->to, "\n", 1) < 0)
		ck_assert_int_eq(errno, EPIPE);
	run->waiting = false;
}

/* Reads a line without its newline; false at the end. */
static bool read_line(struct run *run, char *line, size_t size)
{
	struct pollfd ready = { .fd = run->from, .events = POLLIN };
	size_t used = 0;
	char byte;

	for (;;) {
		ck_assert_msg(poll(&ready, 1, ANSWER_MS) > 0, "%s%s is silent after \"%s\"",
			      run->launch.program, run->preloaded ? "" : " (bare)", run->line);
		if (read(run->from, &byte, 1) != 1)
			return used;
		if (byte == '\n')
			break;
		if (used + 1 < size)
			line[used++] = byte;
	}
	line[used] = '\0';
	return true;
}

static void note_holdings(struct run *run)
{
	static pid_t pids[DESCENDANTS_MAX];
	size_t count;

	kernel_wait_until_quiet();
	count = kernel_descendants(pids, DESCENDANTS_MAX);
	for (size_t i = 0; i < count; i++)
		kernel_print_holdings(pids[i], run->notes);
}

/* False when the program ended instead. */
static bool next_checkpoint(struct run *run)
{
	char line[sizeof(run->line)];

	let_go(run);
	while (read_line(run, line, sizeof(line))) {
		if (line[0] != '@') {
			fprintf(run->notes, "%s\n", line);
			continue;
		}
		memcpy(run->line, line + 1, sizeof(line) - 1);
		fprintf(run->notes, "@%.*s\n", (int)strcspn(run->line, " "), run->line);
		run->waiting = true;
		note_holdings(run);
		return true;
	}
	return false;
}

bool advance(struct run *run)
{
	return next_checkpoint(run);
}

static bool has_label(const struct run *run, const char *label)
{
	size_t length = strlen(label);

	return !strncmp(run->line, label, length)
	       && (run->line[length] == ' ' || run->line[length] == '\0');
}

int number(const struct run *run, int i)
{
	const char *at = run->line;

	while (i-- >= 0) {
		at = strchr(at, ' ');
		ck_assert_msg(at, "\"%s\" has too few numbers", run->line);
		at++;
	}
	return atoi(at);
}

void skip_test(const char *test, const char *why)
{
	printf("skipped: %s: %s\n", test, why);
	fflush(stdout);
	suite_count_a_skip();
}

bool skipped(struct run *run)
{
	ck_assert_msg(next_checkpoint(run), "%s ended before its first checkpoint",
		      run->launch.program);
	run->peeked = true;
	if (!has_label(run, "skip"))
		return false;
	skip_test(run->launch.program, run->line + strlen("skip "));
	return true;
}

/* -------------------------------------------------------------------------------- end --- */

/* Takes out the lines by which the module says that it could not attach: one of each program
 * that was started. */
static void take_out_own_lines(char *text)
{
	size_t count = 0;
	char *end;

	while (!strncmp(text, "socktab: ", 9) && (end = strchr(text, '\n'))) {
		memmove(text, end + 1, strlen(end + 1) + 1);
		count++;
	}
	ck_assert_msg(count, "the module said nothing on stderr: %s", text);
}

static void note_stderr(struct run *run)
{
	char text[4096];
	ssize_t n = pread(run->errors, text, sizeof(text) - 1, 0);

	text[n < 0 ? 0 : n] = '\0';
	if (run->preloaded && (run->launch.tolerate & STDERR_LINE))
		take_out_own_lines(text);
	fprintf(run->notes, "stderr: %s\n", text);
}

/* Waits for the program and for all that it left behind. */
static void reap(struct run *run)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, 0)) > 0)
		if (pid == run->pid)
			run->status = status;
	fprintf(run->notes, "status: %#x\n", (unsigned)run->status);
	note_stderr(run);
	fflush(run->notes);
}

/* ------------------------------------------------------------------------------- table --- */

static bool take_snapshot(struct run *run, struct complaints *complaints)
{
	struct socktab_error error;
	int n;

	if (run->table)
		n = socktab_refresh(run->table, &error);
	else
		n = socktab_open(run->directory, run->session, &run->table, &error);
	if (n < 0)
		complain(complaints, "no snapshot: %s", error.text);
	return n >= 0;
}

void look_again(struct run *run)
{
	struct complaints complaints = { .used = 0 };

	take_snapshot(run, &complaints);
	ck_assert_msg(!complaints.used, "%s: %s", run->launch.program, complaints.text);
}

/* Again until they agree: a process that is just going needs a moment. */
static void agree(struct run *run)
{
	struct complaints complaints;

	for (int waited = 0; waited < AGREE_MS; waited += 10) {
		complaints.used = 0;
		if (take_snapshot(run, &complaints))
			agree_with_kernel(run->table, run->launch.tolerate, &complaints);
		if (!complaints.used)
			return;
		usleep(10000);
	}
	ck_abort_msg("%s at \"%s\":\n%s", run->launch.program, run->line, complaints.text);
}

void reach(struct run *run, const char *label)
{
	if (!run->peeked && !next_checkpoint(run)) {
		reap(run);
		ck_abort_msg("%s ended after \"%s\", before \"%s\":\n%s", run->launch.program,
			     run->line, label, run->transcript);
	}
	run->peeked = false;
	ck_assert_msg(has_label(run, label), "%s is at \"%s\", not at \"%s\"",
		      run->launch.program, run->line, label);
	if (!(run->launch.tolerate & NO_TABLE))
		agree(run);
}

void discard(struct run *run)
{
	if (run == current)
		current = NULL;
	socktab_close(run->table);
	fclose(run->notes);
	free(run->transcript);
	close(run->to);
	close(run->from);
	close(run->errors);
	free(run);
}

static void compare_with_a_bare_run(const struct run *run)
{
	struct run *bare = launch(&run->launch, false);

	while (next_checkpoint(bare))
		;
	reap(bare);
	if (strcmp(bare->transcript, run->transcript))
		ck_abort_msg("%s is not as bare. Bare:\n%s\nPreloaded:\n%s",
			     run->launch.program, bare->transcript, run->transcript);
	discard(bare);
}

static void check_that_all_is_over(const struct run *run, struct complaints *complaints)
{
	const struct socktab_losses losses = socktab_losses(run->table);

	for (size_t i = 0; i < socktab_row_count(run->table); i++) {
		const struct socktab_row *row = socktab_row(run->table, i);

		if (row->open)
			complain(complaints, "row %d:%d is open after the end", row->pid, row->fd);
	}
	for (size_t i = 0; i < socktab_process_count(run->table); i++) {
		const struct socktab_process *process = socktab_process(run->table, i);

		if (process->life != SOCKTAB_EXITED && process->life != SOCKTAB_GONE)
			complain(complaints, "process %d is not over", process->pid);
	}
	if (socktab_losses_sum(&losses) && !(run->launch.tolerate & LOSSES))
		complain(complaints, "%" PRIu64 " losses", socktab_losses_sum(&losses));
}

void finish(struct run *run)
{
	struct complaints complaints = { 0 };

	if (next_checkpoint(run))
		ck_abort_msg("%s has one more checkpoint: \"%s\"", run->launch.program, run->line);
	reap(run);
	compare_with_a_bare_run(run);
	if (!(run->launch.tolerate & NO_TABLE) && take_snapshot(run, &complaints))
		check_that_all_is_over(run, &complaints);
	if (complaints.used)
		ck_abort_msg("%s at its end:\n%s", run->launch.program, complaints.text);
}

/* Programs that stand at a checkpoint end when they read an end there. */
void clean_up_after_a_test(void)
{
	static pid_t pids[DESCENDANTS_MAX];
	char path[512];
	size_t count;

	while ((count = kernel_descendants(pids, DESCENDANTS_MAX))) {
		for (size_t i = 0; i < count; i++)
			kill(pids[i], SIGKILL);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		usleep(1000);
	}
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	if (!current)
		return;
	snprintf(path, sizeof(path), "%s/%s", current->directory, current->session);
	unlink(path);
	discard(current);
}
