/* SPDX-License-Identifier: MIT
 *
 * A child shares the memory of its parent and not the descriptors, as posix_spawn does it.
 */
#include "loopback.h"

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

static int fd;

static int child(void *unused)
{
	(void)unused;
	close(fd);
	socket(AF_UNIX, SOCK_STREAM, 0);
	return 3;
}

int main(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	int status, after;

	fd = udp_bound();
	MUST(clone(child, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, NULL));
	MUST(wait(&status));
	say("status %d", WEXITSTATUS(status));
	after = tcp_listener(2);
	checkpoint("kept %d %d", fd, after);
	return 0;
}
