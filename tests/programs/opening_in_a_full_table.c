/* SPDX-License-Identifier: MIT
 *
 * One process holds all the rows that there are; what does an opening cost another one?
 */
#include "loopback.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { ROUNDS = 20, OPENINGS = 50 };

static long now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Of the round that was disturbed least: others work on this machine, too. */
static int cost_of_an_opening(void)
{
	long best = 1000000000;

	for (int round = 0; round < ROUNDS; round++) {
		long took = now_ns();

		for (int i = 0; i < OPENINGS; i++)
			MUST(close((int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0))));
		took = now_ns() - took;
		best = took < best ? took : best;
	}
	return (int)(best / OPENINGS);
}

int main(int argc, char **argv)
{
	int rows = argc > 1 ? atoi(argv[1]) : 0, before = cost_of_an_opening(), ready[2], status;
	struct rlimit limit = { (rlim_t)rows + 64, (rlim_t)rows + 64 };
	char byte;

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		skip("too few descriptors");
	MUST(pipe2(ready, O_CLOEXEC));
	if (!MUST(fork())) {
		for (int i = 0; i < rows; i++)
			MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
		MUST(write(ready[1], "f", 1));
		wait_until_orphaned(getppid());
		_exit(0);
	}
	MUST(read(ready[0], &byte, 1));
	if (!MUST(fork())) {	/* it never had a row */
		checkpoint("full %d %d", before, cost_of_an_opening());
		_exit(0);
	}
	while (wait(&status) < 0)
		;
	say("status %d", status);
	return 0;
}
