/* SPDX-License-Identifier: MIT
 *
 * A server forks for each connection, closes its copy and goes on opening others before the child
 * has run at all: they share a processor.
 */
#include "loopback.h"

#include <sched.h>

enum { CHILDREN = 40, OTHERS = 100 };

static void child(int fd, int ready, int hold)
{
	char byte;

	if (write(fd, "x", 1) != 1 || write(ready, "r", 1) != 1)
		_exit(1);
	_exit((int)read(hold, &byte, 1));
}

int main(void)
{
	int ready[2], hold[2], fd = -1;
	cpu_set_t one;
	char byte;

	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	sched_setaffinity(0, sizeof(one), &one);
	MUST(pipe2(ready, O_CLOEXEC));
	MUST(pipe2(hold, O_CLOEXEC));
	for (int i = 0; i < CHILDREN; i++) {
		fd = udp_bound();
		MUST(connect_to_port(fd, port_of(fd)));
		if (!MUST(fork())) {
			MUST(close(hold[1]));
			child(fd, ready[1], hold[0]);
		}
		MUST(close(fd));
		for (int j = 0; j < OTHERS; j++)
			MUST(close((int)MUST(socket(AF_INET, SOCK_DGRAM, 0))));
	}
	for (int i = 0; i < CHILDREN; i++)
		MUST(read(ready[0], &byte, 1));
	checkpoint("running %d %d", fd, CHILDREN);
	MUST(close(hold[1]));
	return 0;
}
