/* SPDX-License-Identifier: MIT
 *
 * The flags of each call that makes a descriptor arrive in the kernel.
 */
#include "loopback.h"

static void show(const char *what, long fd)
{
	say("%s: %ld nonblock %d cloexec %d", what, fd, !!(fcntl((int)fd, F_GETFL) & O_NONBLOCK),
	    !!(fcntl((int)fd, F_GETFD) & FD_CLOEXEC));
}

int main(void)
{
	int pair[2], first;

	first = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	show("socket", first);
	show("socket n", MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)));
	show("socket c", MUST(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
	show("socket nc", MUST(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)));
	MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
	show("socketpair c", pair[1]);
	MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair));
	show("socketpair n", pair[0]);
	show("dup", MUST(dup(pair[0])));
	show("dup2", MUST(dup2(pair[0], 40)));
	show("dup3 c", MUST(dup3(pair[0], 41, O_CLOEXEC)));
	show("dupfd", MUST(fcntl(pair[0], F_DUPFD, 50)));
	show("dupfd c", MUST(fcntl(pair[0], F_DUPFD_CLOEXEC, 50)));
	checkpoint("open %d", first);
	return 0;
}
