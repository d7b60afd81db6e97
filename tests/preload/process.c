/* SPDX-License-Identifier: MIT
 *
 * Processes: every way to make one and to become another program, with sockets open.
 */
#include <check.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

#define UDP .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN, .times = BOUND
#define LISTENER .state = SOCKTAB_STATE_LISTEN, .times = BOUND | LISTENED
#define CLIENT .state = SOCKTAB_STATE_ESTAB, .times = CONNECT | CONNECTED

static const struct socktab_row *row_of(const struct run *run, pid_t pid, int fd)
{
	const struct socktab_row *row = open_row(run->table, pid, fd);

	ck_assert_msg(row, "%s at \"%s\": no row %d:%d", run->launch.program, run->line, pid, fd);
	return row;
}

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

/* -------------------------------------------------------------------------------- exec --- */

START_TEST(exec_keeps_sockets)
{
	struct run *run = start("exec_keeps_sockets");
	uint64_t id;
	int closing;

	reach(run, "before");
	closing = number(run, 1);
	id = row_of(run, run->pid, number(run, 0))->id;
	reach(run, "after");
	expect(run, number(run, 0), CLIENT, .tx = MOVED(5, 1));
	ck_assert_uint_eq(row_of(run, run->pid, number(run, 0))->id, id);
	expect(run, number(run, 1), LISTENER, .backlog = 6);
	expect_none(run, run->pid, closing);
	ck_assert_uint_eq(closed_rows(run, run->pid, closing), 1);
	for (size_t i = 0; i < socktab_row_count(run->table); i++)
		if (socktab_row(run->table, i)->fd == closing)
			ck_assert_int_eq(socktab_row(run->table, i)->closer,
					 SOCKTAB_CLOSER_EXEC);
	ck_assert_uint_eq(process_of(run, run->pid)->execs, 1);
	ck_assert(process_of(run, run->pid)->image_ns > process_of(run, run->pid)->attached_ns);
	reach(run, "used");
	expect(run, number(run, 0), CLIENT, .tx = MOVED(10, 2), .rx = MOVED(3, 1));
	finish(run);
}
END_TEST

START_TEST(exec_that_fails)
{
	struct run *run = start("exec_that_fails");

	reach(run, "unharmed");
	expect(run, number(run, 0), LISTENER, .backlog = 2);
	expect(run, number(run, 1), .state = SOCKTAB_STATE_UNCONN, .options = SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(process_of(run, run->pid)->execs, 0);
	ck_assert(!process_of(run, run->pid)->blind);
	finish(run);
}
END_TEST

static const char *const exec_functions[] = {
	"execve", "execve-null", "execle", "execvpe", "fexecve", "execveat", "execl", "execlp",
	"execv", "execvp", "syscall",
};

START_TEST(exec_with_an_empty_environment)
{
	struct run *run = start_with(&(struct launch){
		.program = "exec_with_an_empty_environment",
		.arguments = { exec_functions[_i] } });

	reach(run, "after");
	expect(run, number(run, 0), LISTENER, .backlog = 5);
	expect(run, number(run, 1), .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN);
	ck_assert_uint_eq(process_of(run, run->pid)->execs, 1);
	finish(run);
}
END_TEST

/* Another library was there first, as a space or a colon may separate them. */
static void preload_another_library(const char *directory)
{
	char both[1024];
	const char *module = getenv("LD_PRELOAD");

	(void)directory;
	if (!module)
		return;
	snprintf(both, sizeof(both), "libm.so.6:%s", module);
	setenv("LD_PRELOAD", both, 1);
}

START_TEST(exec_with_its_environment)
{
	struct run *run = start_with(&(struct launch){ .program = "exec_with_its_environment",
						       .prepare = preload_another_library });
	char expected[1024];

	snprintf(expected, sizeof(expected), "libm.so.6:%s", suite_module());
	reach(run, "first");
	ck_assert_str_eq(strchr(run->line, ' ') + 1, expected);
	reach(run, "second");	/* it was all there: nothing was touched */
	ck_assert_str_eq(strchr(run->line, ' ') + 1, expected);
	reach(run, "third");	/* it was taken away: the module, once, and nothing else */
	ck_assert_str_eq(strchr(run->line, ' ') + 1, suite_module());
	finish(run);
}
END_TEST

START_TEST(exec_of_a_script)
{
	struct run *run = start("exec_of_a_script");
	int fd;

	reach(run, "before");
	fd = number(run, 0);
	reach(run, "script");
	expect(run, fd, LISTENER, .backlog = 2);
	ck_assert_uint_eq(process_of(run, run->pid)->execs, 1);
	finish(run);
	ck_assert_int_eq(process_of(run, run->pid)->exit_status, 3);
}
END_TEST

/* The socket that it makes has no row: the process is blind, and every view can say so. */
START_TEST(exec_of_a_static_program)
{
	struct run *run = start_with(&(struct launch){ .program = "exec_of_a_static_program",
						       .tolerate = BLIND });
	int fd;

	reach(run, "before");
	fd = number(run, 0);
	reach(run, "static");
	for (int i = 0; i < 500 && !process_of(run, run->pid)->blind; i++) {
		usleep(10000);
		look_again(run);
	}
	ck_assert(process_of(run, run->pid)->blind);
	expect(run, fd, LISTENER, .backlog = 2);
	finish(run);
}
END_TEST

START_TEST(exec_from_a_thread)
{
	struct run *run = start("exec_from_a_thread");

	reach(run, "after");
	expect(run, number(run, 0), LISTENER, .backlog = 5);
	ck_assert_uint_eq(process_of(run, run->pid)->execs, 1);
	finish(run);
}
END_TEST

static void move(int fd, int number)
{
	if (fd == number)
		return;
	if (fd < 0 || dup2(fd, number) < 0)
		_exit(124);
	close(fd);
}

/* As systemd does: a listening socket is 3, with somebody in its queue; and one is 1500. */
static void give_sockets(const char *directory)
{
	struct rlimit limit = { 2000, 2000 };
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0), client, pair[2];

	(void)directory;
	if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 3)
	    || getsockname(listener, (struct sockaddr *)&address, &size)
	    || setrlimit(RLIMIT_NOFILE, &limit))
		_exit(124);
	client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(client, (struct sockaddr *)&address, size)
	    || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		_exit(124);
	fcntl(pair[1], F_SETFD, FD_CLOEXEC);
	move(pair[0], 1500);
	move(listener, 3);
	signal(SIGPIPE, SIG_IGN);
}

START_TEST(inherited_sockets)
{
	struct run *run = start_with(&(struct launch){ .program = "inherited_sockets",
						       .prepare = give_sockets });
	const struct socktab_row *row;
	int accepted;

	reach(run, "started");
	row = expect(run, 3, .origin = SOCKTAB_ORIGIN_INHERITED, .protocol = IPPROTO_TCP,
		     .state = SOCKTAB_STATE_LISTEN);
	ck_assert_int_gt(socktab_address_port(&row->local), 0);
	expect(run, 1500, .family = AF_UNIX, .origin = SOCKTAB_ORIGIN_INHERITED,
	       .state = SOCKTAB_STATE_ESTAB);
	reach(run, "used");
	accepted = number(run, 0);
	expect(run, 3, .origin = SOCKTAB_ORIGIN_INHERITED, .protocol = IPPROTO_TCP,
	       .closer = SOCKTAB_CLOSER_CLOSE, .accepted = 1);
	ck_assert_int_eq(row_of(run, run->pid, accepted)->origin, SOCKTAB_ORIGIN_ACCEPT);
	ck_assert_uint_ne(row_of(run, run->pid, accepted)->parent, 0);
	ck_assert_uint_eq(row_of(run, run->pid, 1500)->tx.calls, 1);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	const int functions = sizeof(exec_functions) / sizeof(*exec_functions);

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
	tcase_add_test(tcase, exec_keeps_sockets);
	tcase_add_test(tcase, exec_that_fails);
	tcase_add_loop_test(tcase, exec_with_an_empty_environment, 0, functions);
	tcase_add_test(tcase, exec_from_a_thread);
	tcase_add_test(tcase, inherited_sockets);
	tcase_add_test(tcase, exec_with_its_environment);
	tcase_add_test(tcase, exec_of_a_script);
	tcase_add_test(tcase, exec_of_a_static_program);
}

int main(void)
{
	return suite_run("process", fill);
}
