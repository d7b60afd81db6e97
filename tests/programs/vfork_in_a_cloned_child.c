/* SPDX-License-Identifier: MIT
 *
 * A child that clone made calls vfork before anything else, and again inside of it: neither those
 * nor its own parent lose what the innermost closes.
 */
#include "loopback.h"

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

static int fd;

static int status_of(pid_t child)
{
	int status;

	MUST(waitpid(child, &status, 0));
	return WEXITSTATUS(status);
}

static int three_deep(void)
{
	pid_t outer = vfork();

	if (!outer) {
		pid_t inner = vfork();

		if (!inner) {
			close(fd);
			_exit(3);
		}
		_exit(status_of(inner) + 1);
	}
	return status_of(outer);
}

static int child(void *unused)
{
	(void)unused;
	for (int i = 0; i < 100; i++)
		if (three_deep() != 4)
			_exit(9);
	checkpoint("child %d %d", getpid(), fd);
	_exit(5);
}

int main(void)
{
	static char stack[65536] __attribute__((aligned(16)));

	fd = tcp_listener(3);
	say("status %d", status_of((pid_t)MUST(clone(child, stack + sizeof(stack), SIGCHLD, NULL))));
	say("status %d", three_deep());
	checkpoint("kept %d", fd);
	return 0;
}
