/* SPDX-License-Identifier: MIT
 *
 * Here we examine this machine: the module, the directory of sessions, the kernel, the limits.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "doctor.h"
#include "environment.h"
#include "module.h"
#include "session_name.h"
#include "socktab.h"
#include "units.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

#define LITTLE_SPACE (UINT64_C(4) << 20)

/* --- a process of our own in a session of our own */

/* In the child: what the loader and the module have to say goes to `out`. */
static _Noreturn void become_patient(const struct environment *environment, int out)
{
	char *argv[] = { (char *)"true", NULL };
	int nowhere = open("/dev/null", O_WRONLY);

	environment_set(environment);
	setenv("SOCKTAB_VERBOSE", "1", 1);
	dup2(nowhere, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

static size_t read_all(int fd, char *buf, size_t size)
{
	size_t at = 0;
	ssize_t got;

	while (at < size - 1 && (got = read(fd, buf + at, size - 1 - at)) != 0)
		if (got > 0)
			at += (size_t)got;
		else if (errno != EINTR)
			break;
	buf[at] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return at;
}

/* True when it ran well; `said` is the first line that it wrote to stderr. */
static bool run_patient(const struct environment *environment, char *said, size_t size)
{
	int ends[2], status;
	pid_t pid;

	said[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		become_patient(environment, ends[1]);
	close(ends[1]);
	read_all(ends[0], said, size);
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void read_table(struct report *report, const struct environment *environment)
{
	struct socktab_error error;
	struct socktab *table;

	if (socktab_open(environment->directory, environment->session, &table, &error) < 0) {
		report_problem(report, "a preloaded process made no table: %s", error.text);
		return;
	}
	if (socktab_process_count(table) == 1)
		report_good(report, "a process was preloaded, and its table read");
	else
		report_problem(report, "a preloaded process is not in its table");
	if (socktab_session_remove(socktab_session(table), true, &error) < 0)
		report_problem(report, "%s", error.text);
	socktab_close(table);
}

static void examine_patient(struct report *report, struct environment *environment)
{
	char said[512];
	bool well;

	session_name_random("doctor", environment->session, sizeof(environment->session));
	environment->rows = 1024;
	well = run_patient(environment, said, sizeof(said));
	if (said[0])
		report_problem(report, "a preloaded process says: %s", said);
	else if (!well)
		report_problem(report, "a preloaded process fails");
	read_table(report, environment);
}

/* --- the rest */

static void examine_module(struct report *report)
{
	char module[PATH_MAX];

	if (module_find(module, sizeof(module)) < 0)
		report_problem(report, "no module at %s: set SOCKTAB_MODULE", module);
	else if (module_path_is_plain(module))
		report_good(report, "module %s", module);
	else
		report_note(report, "module %s: a link without spaces and colons will stand for it",
			    module);
}

static void examine_space(struct report *report, const char *directory)
{
	struct statvfs fs;
	uint64_t free_bytes;
	char text[16];

	if (statvfs(directory, &fs) < 0) {
		report_problem(report, "%s: %s", directory, strerror(errno));
		return;
	}
	free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	bytes_text(free_bytes, text, sizeof(text));
	if (free_bytes < LITTLE_SPACE)
		report_problem(report, "directory of sessions %s: only %s free", directory, text);
	else
		report_good(report, "directory of sessions %s: %s free", directory, text);
}

static void examine_kernel(struct report *report)
{
	long size = sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	if (madvise(page, (size_t)size, MADV_POPULATE_WRITE) == 0)
		report_good(report, "the kernel commits memory piece by piece (MADV_POPULATE_WRITE)");
	else
		report_note(report, "the kernel is older than 5.14: a session's memory is taken whole "
			    "when it is made");
	munmap(page, (size_t)size);
}

static void examine_limit(struct report *report, int which, const char *name, const char *effect)
{
	struct rlimit limit;
	char text[16];

	if (getrlimit((__rlimit_resource_t)which, &limit) < 0)
		return;
	if (limit.rlim_cur == RLIM_INFINITY) {
		report_good(report, "no limit of %s", name);
		return;
	}
	bytes_text(limit.rlim_cur, text, sizeof(text));
	report_note(report, "%s is limited to %s: %s", name, text, effect);
}

void examine_machine(struct report *report)
{
	struct environment environment = { .rows = 0 };

	examine_module(report);
	examine_kernel(report);
	examine_limit(report, RLIMIT_FSIZE, "the size of files (ulimit -f)",
		      "a larger session cannot be made");
	examine_limit(report, RLIMIT_AS, "the address space (ulimit -v)",
		      "rows may find no room in it");
	if (environment_prepare(&environment)) {
		report->problems++;
		return;
	}
	examine_space(report, environment.directory);
	examine_patient(report, &environment);
}
