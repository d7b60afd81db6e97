/* SPDX-License-Identifier: MIT
 *
 * Processes that become another program: sockets that are kept, dropped, found there.
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

/* The slot of whoever was killed is not taken for the one that this process had. */
START_TEST(exec_after_a_dead_holder_of_the_pid)
{
	struct run *run = start("exec_after_a_dead_holder_of_the_pid");
	size_t slots = 0;
	pid_t image;

	if (skipped(run))
		return;
	reach(run, "image");
	image = number(run, 0);
	ck_assert_int_eq(row_of(run, image, number(run, 1))->origin, SOCKTAB_ORIGIN_FORK);
	expect_none(run, image, number(run, 2));
	for (size_t i = 0; i < socktab_process_count(run->table); i++) {
		const struct socktab_process *process = socktab_process(run->table, i);

		if (process->pid != image)
			continue;
		slots++;
		ck_assert_uint_eq(process->execs, process->life == SOCKTAB_ALIVE);
	}
	ck_assert_uint_eq(slots, 2);
	reach(run, "over");
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	const int functions = sizeof(exec_functions) / sizeof(*exec_functions);

	tcase_add_test(tcase, exec_keeps_sockets);
	tcase_add_test(tcase, exec_that_fails);
	tcase_add_loop_test(tcase, exec_with_an_empty_environment, 0, functions);
	tcase_add_test(tcase, exec_with_its_environment);
	tcase_add_test(tcase, exec_of_a_script);
	tcase_add_test(tcase, exec_of_a_static_program);
	tcase_add_test(tcase, exec_from_a_thread);
	tcase_add_test(tcase, inherited_sockets);
	tcase_add_test(tcase, exec_after_a_dead_holder_of_the_pid);
}

int main(void)
{
	return suite_run("exec", fill);
}
