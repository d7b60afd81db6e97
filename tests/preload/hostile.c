/* SPDX-License-Identifier: MIT
 *
 * Places where little or nothing can be recorded: the program runs on as bare, and what was lost
 * is counted wherever there is a table to count it in.
 */
#include <check.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

/* The table was full, and says how often. */
START_TEST(five_hundred_sockets)
{
	struct run *run = start_with(&(struct launch){ .program = "five_hundred_sockets",
						       .rows = "64", .tolerate = LOSSES });
	struct socktab_losses losses;
	uint32_t open;

	reach(run, "open");
	open = process_of(run, run->pid)->open;
	losses = socktab_losses(run->table);
	ck_assert_uint_gt(open, 0);
	ck_assert_uint_le(open, 64);
	ck_assert_uint_eq(losses.rows, 500 - open);
	ck_assert_uint_eq(socktab_losses_sum(&losses), losses.rows);
	reach(run, "closed");	/* there is room again */
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	ck_assert_ptr_nonnull(row_at(run, 1));
	finish(run);
}
END_TEST

/* ------------------------------------------------------------------- no table to be had --- */

/* Runs a day's work where no table can be: only a bare run is there to compare with. */
static void live_without_a_table(const struct launch *launch)
{
	struct run *run = start_with(launch);

	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
	ck_assert(WIFEXITED(run->status) && !WEXITSTATUS(run->status));
}

START_TEST(no_directory)
{
	live_without_a_table(&(struct launch){ .program = "everyday_life",
					       .directory = "/nonexistent/directory",
					       .tolerate = NO_TABLE });
}
END_TEST

START_TEST(no_directory_said_aloud)
{
	live_without_a_table(&(struct launch){ .program = "everyday_life",
					       .directory = "/nonexistent/directory",
					       .verbose = true,
					       .tolerate = NO_TABLE | STDERR_LINE });
}
END_TEST

/* The number of stderr is free: the module must not leave anything there. */
static void close_stderr(const char *directory)
{
	(void)directory;
	close(STDERR_FILENO);
}

START_TEST(started_without_stderr)
{
	struct run *run = start_with(&(struct launch){ .program = "everyday_life",
						       .prepare = close_stderr });

	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
}
END_TEST

/* Its one line must not go to a socket that the program opens there. */
START_TEST(no_directory_and_no_stderr)
{
	live_without_a_table(&(struct launch){ .program = "everyday_life",
					       .directory = "/nonexistent/directory",
					       .prepare = close_stderr, .verbose = true,
					       .tolerate = NO_TABLE });
}
END_TEST

START_TEST(message_with_a_name_and_no_table)
{
	struct run *run = start_with(&(struct launch){ .program = "message_with_a_name",
						       .directory = "/nonexistent/directory",
						       .tolerate = NO_TABLE });

	reach(run, "received");
	finish(run);
}
END_TEST


static void limit(int resource, rlim_t amount)
{
	struct rlimit value = { amount, amount };

	if (setrlimit(resource, &value) < 0)
		_exit(124);
}

static void forbid_files(const char *directory)
{
	(void)directory;
	limit(RLIMIT_FSIZE, 0);
}

START_TEST(no_file_may_grow)
{
	live_without_a_table(&(struct launch){ .program = "everyday_life",
					       .prepare = forbid_files, .tolerate = NO_TABLE });
}
END_TEST

/* The session is there already, of its full size: nothing grows, so all is recorded. */
START_TEST(no_file_may_grow_but_the_session_is_there)
{
	struct run *run = start("everyday_life");

	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
	discard(run);
	run = start_with(&(struct launch){ .program = "everyday_life",
					   .prepare = forbid_files });
	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
}
END_TEST

static void forbid_memory(const char *directory)
{
	(void)directory;
	limit(RLIMIT_AS, 30 << 20);
}

START_TEST(no_address_space)
{
	struct run *run = start_with(&(struct launch){ .program = "everyday_life",
						       .prepare = forbid_memory,
						       .tolerate = NO_TABLE });

	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
}
END_TEST

/* ------------------------------------------------------------------------- full tmpfs --- */

static const char *const sizes[] = { "4k", "16k", "64k", "128k" };
static const char *tmpfs_size;

static void mount_a_small_tmpfs(const char *directory)
{
	char options[64];

	snprintf(options, sizeof(options), "size=%s,mode=0700", tmpfs_size);
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)
	    || mount("none", directory, "tmpfs", 0, options))
		_exit(124);
}

static bool may_mount(const char *directory)
{
	int status = 1;
	pid_t pid = fork();

	tmpfs_size = "4k";
	if (!pid) {
		mount_a_small_tmpfs(directory);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return !status;
}

/* The module finds less and less room: no signal, and no silent gap where there is a table. */
START_TEST(full_tmpfs)
{
	char directory[200], inside[256];
	struct socktab *table;
	struct socktab_error error;
	struct run *run;

	snprintf(directory, sizeof(directory), "%s/full", suite_directory());
	mkdir(directory, 0700);
	if (!may_mount(directory)) {
		skip_test("full_tmpfs", "no mount namespace");
		return;
	}
	tmpfs_size = sizes[_i];
	run = start_with(&(struct launch){ .program = "everyday_life", .directory = directory,
					   .prepare = mount_a_small_tmpfs,
					   .tolerate = NO_TABLE | LOSSES });
	reach(run, "child");
	snprintf(inside, sizeof(inside), "/proc/%d/root%s", run->pid, directory);
	reach(run, "image");
	reach(run, "open");
	if (socktab_open(inside, run->session, &table, &error) >= 0) {
		struct complaints complaints = { .used = 0 };

		agree_with_kernel(table, LOSSES, &complaints);
		ck_assert_msg(!complaints.used, "tmpfs of %s:\n%s", tmpfs_size, complaints.text);
		printf("full_tmpfs: %s: %zu rows\n", tmpfs_size, socktab_row_count(table));
		socktab_close(table);
	} else {
		ck_assert_msg(error.code == ENOENT, "tmpfs of %s: %s", tmpfs_size, error.text);
		printf("full_tmpfs: %s: no session\n", tmpfs_size);
	}
	finish(run);
}
END_TEST

/* -------------------------------------------------------------------- other identities --- */

START_TEST(sockets_in_a_chroot)
{
	struct run *run = start("sockets_in_a_chroot");

	if (skipped(run))
		return;
	reach(run, "child");
	ck_assert_int_eq(open_row(run->table, number(run, 0), number(run, 2))->origin,
			 SOCKTAB_ORIGIN_FORK);
	reach(run, "inside");
	ck_assert_uint_eq(row_at(run, 1)->backlog, 2);
	finish(run);
}
END_TEST

START_TEST(sockets_of_another_user)
{
	struct run *run = start("sockets_of_another_user");
	pid_t image;

	if (skipped(run))
		return;
	reach(run, "child");
	ck_assert_uint_eq(row_at(run, 2)->backlog, 2);
	reach(run, "image");	/* this program may not open the session: the table says so */
	image = number(run, 0);
	for (int i = 0; i < 500 && !process_of(run, image)->blind; i++) {
		usleep(10000);
		look_again(run);
	}
	ck_assert(process_of(run, image)->blind);
	ck_assert_uint_eq(process_of(run, image)->open, 2);
	reach(run, "nobody");
	finish(run);
}
END_TEST

/* ---------------------------------------------------------------------------- seccomp --- */

START_TEST(under_strict_seccomp)
{
	struct run *run = start("under_strict_seccomp");

	reach(run, "strict");
	ck_assert_uint_eq(row_at(run, 0)->tx.bytes, 6000);
	ck_assert_uint_eq(row_at(run, 1)->rx.bytes, 6000);
	ck_assert(process_of(run, run->pid)->quiet);
	finish(run);
	ck_assert(WIFEXITED(run->status) && WEXITSTATUS(run->status) == 4);
}
END_TEST

static const char *const installers[] = { "prctl", "syscall" };

START_TEST(under_a_seccomp_filter)
{
	struct run *run = start_with(&(struct launch){ .program = "under_a_seccomp_filter",
						       .arguments = { installers[_i] },
						       .tolerate = LOSSES | ADDRESS_UNKNOWN });
	struct socktab_losses losses;

	reach(run, "filtered");
	losses = socktab_losses(run->table);
	ck_assert_uint_gt(losses.quiet, 0);
	ck_assert_uint_eq(losses.quiet, socktab_losses_sum(&losses));
	ck_assert(process_of(run, run->pid)->quiet);
	ck_assert_int_eq(row_at(run, 0)->type, SOCK_DGRAM);
	ck_assert_int_eq(row_at(run, 1)->origin, SOCKTAB_ORIGIN_DUP);
	ck_assert_int_eq(row_at(run, 3)->origin, SOCKTAB_ORIGIN_ACCEPT);
	finish(run);
	ck_assert(WIFEXITED(run->status) && WEXITSTATUS(run->status) == 4);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, five_hundred_sockets);
	tcase_add_test(tcase, no_directory);
	tcase_add_test(tcase, no_directory_said_aloud);
	tcase_add_test(tcase, started_without_stderr);
	tcase_add_test(tcase, no_directory_and_no_stderr);
	tcase_add_test(tcase, no_file_may_grow);
	tcase_add_test(tcase, no_file_may_grow_but_the_session_is_there);
	tcase_add_test(tcase, no_address_space);
	tcase_add_loop_test(tcase, full_tmpfs, 0, sizeof(sizes) / sizeof(*sizes));
	tcase_add_test(tcase, sockets_in_a_chroot);
	tcase_add_test(tcase, sockets_of_another_user);
	tcase_add_test(tcase, under_strict_seccomp);
	tcase_add_loop_test(tcase, under_a_seccomp_filter, 0, 2);
	tcase_add_test(tcase, message_with_a_name_and_no_table);
}

int main(void)
{
	return suite_run("hostile", fill);
}
