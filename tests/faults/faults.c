/* SPDX-License-Identifier: MIT
 *
 * Each system call that the module makes of its own fails in turn: the first one of its kind in
 * every program, the second, … until a run goes by without one that failed; and all of them. The
 * program must be as bare, and what the table lacks must be counted, or there is none to count it
 * in.
 */
#include <check.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agree.h"
#include "kernel.h"
#include "run.h"
#include "suite.h"

enum { DESCENDANTS_MAX = 64, AGREE_TRIES = 200, AGREE_US = 10000 };

#define FAULT(call, error) { SYS_##call, error, #call ": " #error }
/* What can fail: for want of memory, room or descriptors, on an old kernel, by the word of a
 * security module. getpid and its like cannot, nor can rt_sigprocmask as the module calls it; and
 * under a seccomp filter none is made. */
static const struct fault { long number; int error; const char *name; } faults[] = {
	FAULT(openat, EMFILE), FAULT(openat, EACCES), FAULT(read, EIO), FAULT(close, EINTR),
	FAULT(fstat, EIO), FAULT(stat, ENOENT), FAULT(ftruncate, ENOSPC), FAULT(fallocate, ENOSPC),
	FAULT(mmap, ENOMEM), FAULT(munmap, ENOMEM), FAULT(madvise, EFAULT), FAULT(madvise, ENOMEM),
	FAULT(madvise, EINVAL), FAULT(mkdir, EACCES), FAULT(mkdir, EEXIST), FAULT(linkat, EPERM),
	FAULT(linkat, EEXIST), FAULT(unlinkat, EROFS), FAULT(prlimit64, EPERM), FAULT(kill, EPERM),
	FAULT(poll, ENOMEM), FAULT(getsockopt, EACCES), FAULT(getsockname, EACCES),
	FAULT(getpeername, EACCES), FAULT(fcntl, EACCES), FAULT(prctl, EINVAL),
};

static const char *const programs[] = {
	"everyday_life", "tcp_server_inet", "udp_to_several_peers", "unix_stream_with_a_path",
	"nonblocking_connect_seen_by_poll", "passing_to_another_process", "exec_keeps_sockets",
};
enum { PROGRAMS = sizeof(programs) / sizeof(*programs) };

/* Where something is missing and nothing says so yet: what the program sees is judged all the
 * same. */
static const struct gap { const char *fault, *program, *what; } gaps[] = {
	{ "mmap: ENOMEM", "everyday_life",
	  "a forked child does not count what its parent had no row for" },
	{ "stat: ENOENT", "everyday_life",
	  "a program executed where /proc is not does not find its slot again" },
	{ "getsockopt: EACCES", "everyday_life", "a socket that may not be asked is no socket" },
	{ "getsockopt: EACCES", "passing_to_another_process", "the same" },
	{ "getsockopt: EACCES", "exec_keeps_sockets", "the same" },
	{ "getpeername: EACCES", "passing_to_another_process",
	  "a found socket whose peer may not be asked is called unconnected" },
};

static char hits[256];
static long nth;
static const struct fault *fault;

static void set_the_fault(const char *directory)
{
	char value[512];

	(void)directory;
	snprintf(value, sizeof(value), "%ld:%ld:%d:%s", fault->number, nth, fault->error, hits);
	setenv("SOCKTAB_FAULT", value, 1);
}

/* ------------------------------------------------------------------------------ judging --- */

/* True when the session's file is in the process's memory: then it can count what it loses. */
static bool is_attached(const struct run *run, pid_t pid)
{
	char path[64], line[1024], session[512];
	bool found = false;
	FILE *maps;

	snprintf(session, sizeof(session), "%s/%s\n", run->directory, run->session);
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	while (maps && !found && fgets(line, sizeof(line), maps))
		found = strstr(line, session);
	if (maps)
		fclose(maps);
	return found;
}

static bool has_a_slot(const struct run *run, pid_t pid)
{
	for (size_t i = 0; i < socktab_process_count(run->table); i++) {
		const struct socktab_process *process = socktab_process(run->table, i);

		if (process->pid == pid && process->life == SOCKTAB_ALIVE)
			return true;
	}
	return false;
}

/* True when the sockets of a process may lack: it could not reach the table, or found no slot
 * there, which the table says. */
static bool some_are_out_of_sight(const struct run *run)
{
	const struct socktab_losses losses = socktab_losses(run->table);
	pid_t pids[DESCENDANTS_MAX];
	size_t count = kernel_descendants(pids, DESCENDANTS_MAX), lost = 0, unattached = 0;

	for (size_t i = 0; i < count; i++)
		if (!is_attached(run, pids[i]))
			unattached++;
		else if (!has_a_slot(run, pids[i]))
			lost++;
	ck_assert_msg(lost <= losses.processes, "%s at \"%s\", %s, %ld: %zu processes have no "
		      "slot, %" PRIu64 " losses of processes are counted", run->launch.program,
		      run->line, fault->name, nth, lost, losses.processes);
	return lost || unattached;
}

/* False when there is no table yet, as nobody could make one. */
static bool open_table(struct run *run)
{
	struct socktab_error error;
	int result = run->table ? socktab_refresh(run->table, &error) :
		     socktab_open(run->directory, run->session, &run->table, &error);

	ck_assert_msg(result >= 0 || error.code == ENOENT, "%s, %s %ld: %s", run->launch.program,
		      fault->name, nth, error.text);
	return result >= 0;
}

static bool is_a_known_gap(const struct run *run)
{
	for (size_t i = 0; i < sizeof(gaps) / sizeof(*gaps); i++) {
		if (strcmp(gaps[i].fault, fault->name) ||
		    strcmp(gaps[i].program, run->launch.program))
			continue;
		printf("%s: %s: known gap: %s\n", run->launch.program, fault->name, gaps[i].what);
		return true;
	}
	return false;
}

static void judge(struct run *run)
{
	struct complaints complaints;
	unsigned tolerate = LOSSES | ADDRESS_UNKNOWN;

	for (int i = 0; i < AGREE_TRIES; i++, usleep(AGREE_US)) {
		if (!open_table(run)) {
			ck_assert(!is_attached(run, run->pid));
			return;
		}
		complaints.used = 0;
		agree_with_kernel(run->table, tolerate | (some_are_out_of_sight(run) ? BLIND : 0),
				  &complaints);
		if (!complaints.used || is_a_known_gap(run))
			return;
	}
	ck_abort_msg("%s at \"%s\", %s, %ld:\n%s", run->launch.program, run->line, fault->name,
		     nth, complaints.text);
}

/* ------------------------------------------------------------------------------ running --- */

static off_t hit_count(void)
{
	struct stat st;

	return stat(hits, &st) ? 0 : st.st_size;
}

static void forget(const struct run *run)
{
	char path[400];

	snprintf(path, sizeof(path), "%s/%s", run->directory, run->session);
	unlink(path);
	unlink(hits);
}

/* How often the call failed in a run. */
static off_t run_once(const char *program)
{
	struct run *run = start_with(&(struct launch){ .program = program,
						       .prepare = set_the_fault,
						       .tolerate = LOSSES });
	off_t count;

	while (advance(run))
		judge(run);
	if (!run->table && !open_table(run))
		run->launch.tolerate |= NO_TABLE;
	finish(run);
	count = hit_count();
	forget(run);
	discard(run);
	return count;
}

START_TEST(each_call_fails)
{
	const char *program = programs[_i % PROGRAMS];

	fault = &faults[_i / PROGRAMS];
	snprintf(hits, sizeof(hits), "%s/.hits", suite_directory());
	nth = 0;
	if (!run_once(program))
		return;		/* this program has the module make none */
	for (nth = 1; run_once(program); nth++)
		;
	printf("%s: %s: each of %ld\n", program, fault->name, nth - 1);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, each_call_fails, 0,
			    PROGRAMS * sizeof(faults) / sizeof(*faults));
}

int main(void)
{
	setenv("SOCKTAB_MODULE", FAULTY_MODULE, 1);
	return suite_run("faults", fill);
}
