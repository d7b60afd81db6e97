/* SPDX-License-Identifier: MIT
 *
 * Two hundred processes, each with a listener of its own and one of all.
 */
#include "loopback.h"

#include <sys/wait.h>

enum { CHILDREN = 200 };

int main(void)
{
	int shared = tcp_listener(1), ready[2], hold[2], status, bad = 0;
	char byte;

	MUST(pipe(ready));
	MUST(pipe(hold));
	for (int i = 0; i < CHILDREN; i++)
		if (!MUST(fork())) {
			MUST(close(hold[1]));
			tcp_listener(2);
			MUST(write(ready[1], "r", 1));
			_exit(read(hold[0], &byte, 1) ? 1 : 0);
		}
	for (int i = 0; i < CHILDREN; i++)
		MUST(read(ready[0], &byte, 1));
	checkpoint("running %d", shared);
	MUST(close(hold[1]));
	for (int i = 0; i < CHILDREN; i++) {
		MUST(wait(&status));
		bad += status != 0;
	}
	say("bad %d", bad);
	checkpoint("alone %d", shared);
	return 0;
}
