/* SPDX-License-Identifier: MIT
 *
 * Calls before any library's constructor has run, in constructors, in exit handlers and in
 * destructors, to the very last.
 */
#include "loopback.h"

static int early[2], built;

static void before_all_constructors(int argc, char **argv, char **environment)
{
	(void)argc;
	(void)argv;
	(void)environment;
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, early));
	MUST(fcntl(early[0], F_SETFD, FD_CLOEXEC));
	MUST(send(early[0], "early", 5, 0));
	MUST(close(MUST(dup(early[0]))));
}
__attribute__((section(".preinit_array"), used))
static void (*const preinit)(int, char **, char **) = before_all_constructors;

__attribute__((constructor)) static void construct(void)
{
	built = udp_bound();
}

static void at_exit(void)
{
	TELL(send(early[0], "at exit", 7, 0));
	checkpoint("exiting %d %d %d", early[0], early[1], built);
}

__attribute__((destructor)) static void destroy(void)
{
	char bytes[32];
	int late = (int)MUST(dup(built));

	TELL(recv(early[1], bytes, sizeof(bytes), 0));
	TELL(close(late));
	TELL(close(early[0]));
	checkpoint("destroyed %d %d", early[1], built);
}

int main(void)
{
	atexit(at_exit);
	checkpoint("main %d %d %d", early[0], early[1], built);
	return 4;
}
