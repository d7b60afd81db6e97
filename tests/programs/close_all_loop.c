/* SPDX-License-Identifier: MIT
 *
 * The loop of old daemons: close every number there could be.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(1), high = (int)MUST(dup2(fd, 900)), failed = 0;

	for (int i = 3; i < 70000; i++)
		failed += close(i) < 0 && errno == EBADF;
	say("not open %d", failed);
	checkpoint("closed %d %d", fd, high);
	return 0;
}
