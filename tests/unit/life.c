/* SPDX-License-Identifier: MIT
 *
 * Who is alive, who said that it exits, who was killed, and of whom nobody can tell; and that
 * only sessions of the dead are removed.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "forge.h"

static struct forge forge;

static void begin(void)
{
	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	forge_open(&forge, 0, 3)->state = ST_STATE_ESTAB;
}

static void end(void)
{
	forge_end(&forge);
}

/* Expects the first process, and its row, to be judged so. */
static void expect(enum socktab_life life, bool open, bool closed)
{
	struct socktab *table;
	const struct socktab_row *row;

	forge_write(&forge, "table");
	table = forge_read(&forge);
	forge_walk(table);
	row = socktab_row(table, 0);
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq(socktab_process(table, 0)->life, life);
	ck_assert_int_eq(row->life, life);
	ck_assert_int_eq(row->open, open);
	ck_assert_int_eq(row->closed, closed);
	ck_assert_int_eq(row->state, closed ? SOCKTAB_STATE_CLOSED : SOCKTAB_STATE_ESTAB);
	ck_assert_uint_eq(socktab_session(table)->alive, life == SOCKTAB_ALIVE);
	ck_assert_uint_eq(socktab_session(table)->unknown, life == SOCKTAB_UNKNOWN);
	socktab_close(table);
}

/* A child that does so and then waits to be killed; answers its pid once it has. */
static pid_t child_that(void (*act)(void))
{
	int ready[2];
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (act)
			act();
		close(ready[0]);
		if (write(ready[1], "", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	forge_process(&forge, 0)->pid = pid;
	forge_process(&forge, 0)->attached_boot_ns = (uint64_t)forge_now(CLOCK_BOOTTIME);
	return pid;
}

static void kill_unreaped(pid_t pid)
{
	siginfo_t info;

	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
}

START_TEST(a_process_that_runs_is_alive)
{
	expect(SOCKTAB_ALIVE, true, false);
}
END_TEST

START_TEST(a_process_that_said_so_has_exited)
{
	struct socktab *table;

	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	forge_process(&forge, 0)->exit_status = 3;
	expect(SOCKTAB_EXITED, false, false);
	table = forge_read(&forge);
	ck_assert_int_eq(socktab_process(table, 0)->exit_status, 3);
	socktab_close(table);
}
END_TEST

START_TEST(a_killed_process_is_gone_before_and_after_it_is_reaped)
{
	pid_t pid = child_that(NULL);

	expect(SOCKTAB_ALIVE, true, false);
	kill_unreaped(pid);
	expect(SOCKTAB_GONE, false, false);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	expect(SOCKTAB_GONE, false, false);
}
END_TEST

/* The thread outlives the one that `main` ran in, which ends after it has reported. */
static void *report_and_wait(void *ready)
{
	char state = 0;

	while (state != 'Z') {
		FILE *file = fopen("/proc/self/stat", "r");

		if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
			_exit(1);
		fclose(file);
	}
	if (write(*(int *)ready, "", 1) == 1)
		for (;;)
			pause();
	return NULL;
}

START_TEST(a_process_whose_main_thread_ended_is_alive)
{
	static int ready[2];
	pthread_t thread;
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		pthread_create(&thread, NULL, report_and_wait, &ready[1]);
		pthread_exit(NULL);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	forge_process(&forge, 0)->pid = pid;
	forge_process(&forge, 0)->attached_boot_ns = (uint64_t)forge_now(CLOCK_BOOTTIME);
	expect(SOCKTAB_ALIVE, true, false);
	kill_unreaped(pid);
	expect(SOCKTAB_GONE, false, false);
	waitpid(pid, NULL, 0);
}
END_TEST

START_TEST(a_pid_that_came_round_again_is_another_process)
{
	pid_t pid = child_that(NULL);
	struct st_process *slot = forge_process(&forge, 0);

	/* The slot's process was attached half a second before this one started. */
	slot->attached_boot_ns -= 500000000;
	expect(SOCKTAB_GONE, false, false);
	slot->attached_boot_ns += 500000000;
	expect(SOCKTAB_ALIVE, true, false);
	slot->attached_boot_ns = 0;
	expect(SOCKTAB_GONE, false, false);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
END_TEST

START_TEST(another_pid_namespace_is_unknown_and_none_is_ours)
{
	forge_process(&forge, 0)->pidns++;
	expect(SOCKTAB_UNKNOWN, true, false);
	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	expect(SOCKTAB_EXITED, false, false);
	forge_process(&forge, 0)->life = ST_LIFE(1, ST_OPEN);
	forge_process(&forge, 0)->pidns = 0;
	expect(SOCKTAB_ALIVE, true, false);
}
END_TEST

START_TEST(of_another_boot_all_are_gone)
{
	forge_header(&forge)->boot_id[15] ^= 1;
	expect(SOCKTAB_GONE, false, false);
	forge_process(&forge, 0)->pidns++;
	expect(SOCKTAB_GONE, false, false);
}
END_TEST

START_TEST(a_table_without_a_boot_is_judged_by_start_times_and_the_clock)
{
	struct st_header *header = forge_header(&forge);

	memset(header->boot_id, 0, sizeof header->boot_id);
	expect(SOCKTAB_ALIVE, true, false);
	header->created_boot_ns += INT64_C(3600000000000);
	expect(SOCKTAB_GONE, false, false);
}
END_TEST

START_TEST(impossible_pids_are_gone)
{
	static const int32_t pids[] = { 0, -1, INT32_MIN, INT32_MAX };

	for (size_t i = 0; i < sizeof pids / sizeof pids[0]; i++) {
		forge_process(&forge, 0)->pid = pids[i];
		expect(SOCKTAB_GONE, false, false);
	}
}
END_TEST

START_TEST(a_closed_row_stays_closed_whoever_lives)
{
	forge_row(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	expect(SOCKTAB_ALIVE, false, true);
	forge_header(&forge)->boot_id[15] ^= 1;
	expect(SOCKTAB_GONE, false, true);
}
END_TEST

static bool is_blind(void)
{
	struct socktab *table;
	bool blind;

	forge_write(&forge, "table");
	table = forge_read(&forge);
	blind = socktab_process(table, 0)->blind;
	socktab_close(table);
	return blind;
}

START_TEST(a_process_not_heard_of_since_its_exec_is_blind)
{
	struct st_process *slot = forge_process(&forge, 0);

	ck_assert(!is_blind());
	slot->exec_ns = (uint64_t)forge_now(CLOCK_MONOTONIC);
	ck_assert(!is_blind());
	slot->exec_ns -= 300000000;
	ck_assert(is_blind());
	slot->life = ST_LIFE(1, ST_CLOSED);
	ck_assert(!is_blind());
}
END_TEST

static struct socktab_session *listed(void)
{
	struct socktab_session *list;

	forge_write(&forge, "table");
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 1);
	return list;
}

static void expect_removed(struct socktab_session *session, bool force, int code)
{
	struct socktab_error error = { 0 };
	struct stat st;

	ck_assert_int_eq(socktab_session_remove(session, force, &error), code);
	ck_assert_int_eq(stat(forge.path, &st), code == 1 ? -1 : 0);
	free(session);
}

START_TEST(a_session_with_a_living_process_is_not_removed_unless_forced)
{
	expect_removed(listed(), false, 0);
	expect_removed(listed(), true, 1);
}
END_TEST

START_TEST(a_session_with_an_unknown_process_is_not_removed_unless_forced)
{
	forge_process(&forge, 0)->pidns++;
	expect_removed(listed(), false, 0);
	expect_removed(listed(), true, 1);
}
END_TEST

START_TEST(a_session_of_the_dead_is_removed)
{
	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	expect_removed(listed(), false, 1);
}
END_TEST

START_TEST(a_session_is_counted_anew_before_it_is_removed)
{
	struct socktab_session *session;

	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	session = listed();
	ck_assert_uint_eq(session->alive, 0);
	forge_process(&forge, 0)->life = ST_LIFE(2, ST_OPEN);
	forge_write(&forge, "table");
	expect_removed(session, false, 0);
}
END_TEST

START_TEST(a_young_session_waits_for_its_first_process)
{
	struct st_header *header = forge_header(&forge);

	header->high.processes_high = 0;
	expect_removed(listed(), false, 0);
	header->created_mono_ns -= INT64_C(60000000000);
	expect_removed(listed(), false, 1);
}
END_TEST

START_TEST(a_session_that_cannot_be_read_is_not_removed_unless_forced)
{
	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	forge_header(&forge)->major++;
	expect_removed(listed(), false, 0);
	expect_removed(listed(), true, 1);
}
END_TEST

START_TEST(what_is_no_session_is_never_removed)
{
	struct socktab_session *session;
	char other[160];

	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	session = listed();
	memset(forge.image, 'x', 8);
	forge_write(&forge, "table");
	ck_assert_int_eq(socktab_session_remove(session, true, NULL), -EPROTO);
	memcpy(forge.image, ST_MAGIC, 8);
	snprintf(other, sizeof other, "%s/other", forge.directory);
	forge_write(&forge, "table");
	ck_assert_int_eq(rename(forge.path, other), 0);
	ck_assert_int_eq(socktab_session_remove(session, true, NULL), -ENOENT);
	ck_assert_int_eq(symlink("other", forge.path), 0);
	ck_assert_int_eq(socktab_session_remove(session, true, NULL), -EPERM);
	ck_assert_int_eq(access(other, F_OK), 0);
	ck_assert_int_eq(access(forge.path, F_OK), 0);
	strcpy(session->path, "nothing");
	ck_assert_int_eq(socktab_session_remove(session, true, NULL), -EINVAL);
	free(session);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("life");
	TCase *tcase = forge_case(suite, "life");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, a_process_that_runs_is_alive);
	tcase_add_test(tcase, a_process_that_said_so_has_exited);
	tcase_add_test(tcase, a_killed_process_is_gone_before_and_after_it_is_reaped);
	tcase_add_test(tcase, a_process_whose_main_thread_ended_is_alive);
	tcase_add_test(tcase, a_pid_that_came_round_again_is_another_process);
	tcase_add_test(tcase, another_pid_namespace_is_unknown_and_none_is_ours);
	tcase_add_test(tcase, of_another_boot_all_are_gone);
	tcase_add_test(tcase, a_table_without_a_boot_is_judged_by_start_times_and_the_clock);
	tcase_add_test(tcase, impossible_pids_are_gone);
	tcase_add_test(tcase, a_closed_row_stays_closed_whoever_lives);
	tcase_add_test(tcase, a_process_not_heard_of_since_its_exec_is_blind);
	tcase_add_test(tcase, a_session_with_a_living_process_is_not_removed_unless_forced);
	tcase_add_test(tcase, a_session_with_an_unknown_process_is_not_removed_unless_forced);
	tcase_add_test(tcase, a_session_of_the_dead_is_removed);
	tcase_add_test(tcase, a_session_is_counted_anew_before_it_is_removed);
	tcase_add_test(tcase, a_young_session_waits_for_its_first_process);
	tcase_add_test(tcase, a_session_that_cannot_be_read_is_not_removed_unless_forced);
	tcase_add_test(tcase, what_is_no_session_is_never_removed);
	return forge_main(suite);
}
