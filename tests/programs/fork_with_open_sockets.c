/* SPDX-License-Identifier: MIT
 *
 * A child has descriptors of its own for the sockets of its parent.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(void)
{
	int pair[2], status;
	pid_t child;

	tcp_pair(pair);
	MUST(send(pair[0], "parent", 6, 0));
	child = (pid_t)MUST(fork());
	if (!child) {
		checkpoint("forked %d %d %d", getpid(), pair[0], pair[1]);
		MUST(send(pair[0], "kid", 3, 0));
		MUST(close(pair[1]));
		checkpoint("closed %d %d %d", getpid(), pair[0], pair[1]);
		exit(5);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	checkpoint("kept %d %d %d", child, pair[0], pair[1]);
	return 0;
}
