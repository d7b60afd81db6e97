/* SPDX-License-Identifier: MIT
 *
 * Processes: every way to make one, with sockets open.
 */
#include <check.h>
#include <netinet/in.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

START_TEST(fork_with_open_sockets)
{
	struct run *run = start("fork_with_open_sockets");
	const struct socktab_process *process;
	uint64_t parent;
	pid_t child;

	reach(run, "forked");
	child = number(run, 0);
	parent = row_of(run, run->pid, number(run, 1))->id;
	expect(run, number(run, 1), CLIENT, .tx = MOVED(6, 1), .holders = 2);
	/* the child's descriptors have moved nothing yet */
	expect_of(run, child, number(run, 1), CLIENT, .origin = SOCKTAB_ORIGIN_FORK,
		  .parent = parent, .holders = 2, .other_thread = true);
	process = process_of(run, child);
	ck_assert_uint_eq(process->parent, process_of(run, run->pid)->id);
	ck_assert_int_eq(process->ppid, run->pid);
	ck_assert_uint_eq(process->open, 2);
	reach(run, "closed");
	expect_of(run, child, number(run, 1), CLIENT, .origin = SOCKTAB_ORIGIN_FORK,
		  .parent = parent, .holders = 2, .other_thread = true, .tx = MOVED(3, 1));
	expect_none(run, child, number(run, 2));
	ck_assert_uint_eq(row_of(run, run->pid, number(run, 2))->holders, 1);
	reach(run, "kept");
	process = process_of(run, child);
	ck_assert_int_eq(process->life, SOCKTAB_EXITED);
	ck_assert_int_eq(process->exit_status, 5);
	ck_assert_uint_eq(process->totals.tx_bytes, 3);
	expect(run, number(run, 1), CLIENT, .tx = MOVED(6, 1));
	finish(run);
}
END_TEST

START_TEST(fork_by_clone)
{
	static const char *const ways[3] = { "clone", "number", "inline" };
	struct run *run = start("fork_by_clone");

	for (int i = 0; i < 3; i++) {
		pid_t child;

		reach(run, ways[i]);
		child = number(run, 0);
		ck_assert_int_eq(row_of(run, child, number(run, 1))->origin, SOCKTAB_ORIGIN_FORK);
		ck_assert_uint_eq(row_of(run, child, number(run, 1))->parent,
				  row_of(run, run->pid, number(run, 1))->id);
		expect_of(run, child, number(run, 2), UDP);
		reach(run, "closed");
		expect_none(run, child, number(run, 1));
		expect(run, number(run, 1), UDP);
	}
	reach(run, "kept");
	expect(run, number(run, 0), UDP);
	finish(run);
}
END_TEST

START_TEST(fork_from_a_thread)
{
	struct run *run = start("fork_from_a_thread");

	reach(run, "kept");
	expect(run, number(run, 0), UDP);
	ck_assert_uint_eq(socktab_process_count(run->table), 101);
	finish(run);
}
END_TEST

START_TEST(daemon_by_double_fork)
{
	struct run *run = start("daemon_by_double_fork");
	pid_t daemon;

	reach(run, "daemon");
	daemon = number(run, 0);
	ck_assert_int_ne(daemon, run->pid);
	expect_of(run, daemon, number(run, 2), LISTENER, .backlog = 4);
	ck_assert_uint_eq(process_of(run, daemon)->open, 1);
	ck_assert_uint_eq(closed_rows(run, daemon, number(run, 1)), 1);
	ck_assert_uint_eq(socktab_process_count(run->table), 3);
	finish(run);
}
END_TEST

START_TEST(daemon_of_libc)
{
	struct run *run = start("daemon_of_libc");
	pid_t daemon;

	reach(run, "before");
	ck_assert_uint_eq(process_of(run, run->pid)->open, 3);
	reach(run, "daemon");
	daemon = number(run, 0);
	ck_assert_int_ne(daemon, run->pid);
	expect_none(run, daemon, 0);
	expect_none(run, daemon, 1);
	ck_assert_int_eq(row_of(run, daemon, number(run, 1))->origin, SOCKTAB_ORIGIN_FORK);
	finish(run);
}
END_TEST

START_TEST(vfork_child_that_closes_all)
{
	struct run *run = start("vfork_child_that_closes_all");

	reach(run, "closing");
	expect(run, number(run, 0), LISTENER, .backlog = 3, .holders = 2);
	row_of(run, run->pid, number(run, 1));
	reach(run, "kept");
	expect(run, number(run, 0), LISTENER, .backlog = 3, .holders = 2);
	row_of(run, run->pid, number(run, 1));
	finish(run);
}
END_TEST

START_TEST(vfork_child_that_exits)
{
	struct run *run = start("vfork_child_that_exits");

	reach(run, "closing");
	expect(run, number(run, 0), LISTENER, .backlog = 3);
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	reach(run, "kept");	/* the table is the parent's again */
	expect(run, number(run, 0), LISTENER, .backlog = 8, .holders = 2);
	ck_assert_int_eq(row_of(run, run->pid, number(run, 1))->origin, SOCKTAB_ORIGIN_DUP);
	finish(run);
}
END_TEST

START_TEST(vfork_child_that_hands_over_a_socket)
{
	struct run *run = start("vfork_child_that_hands_over_a_socket");
	pid_t image;

	reach(run, "image");
	image = number(run, 0);
	expect_of(run, image, number(run, 1), .origin = SOCKTAB_ORIGIN_INHERITED,
		  .protocol = IPPROTO_TCP, .state = SOCKTAB_STATE_ESTAB, .holders = 2);
	reach(run, "sent");
	ck_assert_uint_eq(row_of(run, image, number(run, 1))->tx.bytes, 5);
	reach(run, "kept");
	expect(run, number(run, 0), CLIENT, .options = SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(process_of(run, run->pid)->open, 2);
	finish(run);
}
END_TEST

START_TEST(posix_spawn_with_file_actions)
{
	struct run *run = start("posix_spawn_with_file_actions");

	for (int i = 0; i < 2; i++) {
		reach(run, "image");
		expect_of(run, number(run, 0), number(run, 1), .origin = SOCKTAB_ORIGIN_INHERITED,
			  .protocol = IPPROTO_TCP, .state = SOCKTAB_STATE_LISTEN, .holders = 2,
			  .backlog = row_of(run, number(run, 0), number(run, 1))->backlog);
		ck_assert_uint_eq(process_of(run, number(run, 0))->open, 1);
	}
	reach(run, "kept");
	expect(run, number(run, 0), LISTENER, .backlog = 2);
	expect(run, number(run, 1), UDP);
	finish(run);
}
END_TEST

static size_t processes_that_ended_with(const struct run *run, int status)
{
	size_t count = 0;

	for (size_t i = 0; i < socktab_process_count(run->table); i++)
		count += socktab_process(run->table, i)->life == SOCKTAB_EXITED
			 && socktab_process(run->table, i)->exit_status == status;
	return count;
}

START_TEST(system_and_popen)
{
	struct run *run = start("system_and_popen");

	reach(run, "shell");
	/* the shell holds what is not close-on-exec */
	ck_assert_uint_eq(row_of(run, run->pid, number(run, 0))->holders, 2);
	ck_assert_uint_eq(row_of(run, run->pid, number(run, 1))->holders, 1);
	reach(run, "kept");
	ck_assert_uint_eq(row_of(run, run->pid, number(run, 0))->holders, 1);
	ck_assert_uint_eq(processes_that_ended_with(run, 3), 1);
	ck_assert_uint_eq(processes_that_ended_with(run, 4), 1);
	finish(run);
}
END_TEST

START_TEST(vfork_in_a_cloned_child)
{
	struct run *run = start("vfork_in_a_cloned_child");

	reach(run, "child");
	ck_assert_int_eq(row_of(run, number(run, 0), number(run, 1))->origin, SOCKTAB_ORIGIN_FORK);
	expect(run, number(run, 1), LISTENER, .backlog = 3, .holders = 2);
	reach(run, "kept");
	expect(run, number(run, 0), LISTENER, .backlog = 3);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.closed, 0);
	ck_assert_int_eq(process_of(run, run->pid)->life, SOCKTAB_ALIVE);
	ck_assert_uint_eq(socktab_process_count(run->table), 2);
	finish(run);
}
END_TEST

START_TEST(clone_that_shares_memory)
{
	struct run *run = start("clone_that_shares_memory");

	reach(run, "kept");
	expect(run, number(run, 0), UDP);
	expect(run, number(run, 1), LISTENER, .backlog = 2);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.opened, 2);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.closed, 0);
	finish(run);
}
END_TEST

START_TEST(children_that_start_late)
{
	struct run *run = start("children_that_start_late");
	int children = 0;

	reach(run, "running");
	for (size_t i = 0; i < socktab_process_count(run->table); i++) {
		const struct socktab_process *process = socktab_process(run->table, i);

		if (process->pid == run->pid)
			continue;
		children++;
		ck_assert_uint_eq(process->open, 1);
		ck_assert_uint_eq(row_of(run, process->pid, number(run, 0))->tx.bytes, 1);
	}
	ck_assert_int_eq(children, number(run, 1));
	ck_assert_uint_eq(process_of(run, run->pid)->open, 0);
	finish(run);
}
END_TEST

/* The one in the middle shares its parent's memory: of what it holds no row can tell. */
START_TEST(fork_in_a_vfork_child)
{
	struct run *run = start_with(&(struct launch){ .program = "fork_in_a_vfork_child",
						       .tolerate = BLIND });
	pid_t grandchild;

	reach(run, "grandchild");
	grandchild = number(run, 0);
	ck_assert_int_eq(row_of(run, grandchild, number(run, 1))->origin, SOCKTAB_ORIGIN_FORK);
	expect_of(run, grandchild, number(run, 2), UDP);
	expect_of(run, grandchild, number(run, 3), .family = AF_UNIX, .type = SOCK_DGRAM,
		  .state = SOCKTAB_STATE_UNCONN);
	expect(run, number(run, 1), LISTENER, .backlog = 2, .holders = 2);
	run->launch.tolerate = 0;
	reach(run, "kept");
	expect(run, number(run, 0), LISTENER, .backlog = 2);
	finish(run);
}
END_TEST

/* The slots of the others are not taken for those of dead processes. */
START_TEST(pid_namespace_without_proc)
{
	struct run *run = start("pid_namespace_without_proc");

	if (skipped(run))
		return;
	reach(run, "left");
	ck_assert_uint_eq(row_at(run, 0)->holders, 301);
	ck_assert_uint_eq(socktab_process_count(run->table), 303);
	finish(run);
}
END_TEST

/* Fewer than the slots that are taken before old ones are taken again. */
START_TEST(jump_out_of_fork)
{
	struct run *run = start("jump_out_of_fork");

	reach(run, "kept");
	ck_assert_uint_eq(socktab_process_count(run->table), 1 + (size_t)number(run, 1));
	row_at(run, 0);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, fork_with_open_sockets);
	tcase_add_test(tcase, fork_by_clone);
	tcase_add_test(tcase, fork_from_a_thread);
	tcase_add_test(tcase, daemon_by_double_fork);
	tcase_add_test(tcase, daemon_of_libc);
	tcase_add_test(tcase, vfork_child_that_closes_all);
	tcase_add_test(tcase, vfork_child_that_exits);
	tcase_add_test(tcase, vfork_child_that_hands_over_a_socket);
	tcase_add_test(tcase, posix_spawn_with_file_actions);
	tcase_add_test(tcase, system_and_popen);
	tcase_add_test(tcase, vfork_in_a_cloned_child);
	tcase_add_test(tcase, clone_that_shares_memory);
	tcase_add_test(tcase, children_that_start_late);
	tcase_add_test(tcase, fork_in_a_vfork_child);
	tcase_add_test(tcase, pid_namespace_without_proc);
	tcase_add_test(tcase, jump_out_of_fork);
}

int main(void)
{
	return suite_run("process", fill);
}
