/* SPDX-License-Identifier: MIT
 *
 * A handler with little more stack than the kernel needs uses sockets.
 */
#include "loopback.h"

#include <signal.h>
#include <sys/mman.h>

static int fds[2];

static void ring(int number)
{
	char byte;

	(void)number;
	fds[0] = socket(AF_INET, SOCK_DGRAM, 0);
	fds[1] = dup(fds[0]);
	bind_to_loopback(fds[0]);
	recv(fds[1], &byte, 1, MSG_DONTWAIT);
	close(fds[0]);
}

int main(void)
{
	struct sigaction action = { .sa_handler = ring, .sa_flags = SA_ONSTACK };
	long page = sysconf(_SC_PAGESIZE), small = sysconf(_SC_MINSIGSTKSZ) + 2048;
	char *room = mmap(NULL, 16 * (size_t)page, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	stack_t stack = { .ss_size = (size_t)small };

	ring(0);	/* binds the names, as far as that is done at the first call */
	MUST(close(fds[1]));
	if (room == MAP_FAILED || small > 15 * page)
		return 2;
	MUST(mprotect(room, (size_t)page, PROT_NONE));
	stack.ss_sp = room + page;
	MUST(sigaltstack(&stack, NULL));
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	checkpoint("open %d", fds[1]);
	return 0;
}
