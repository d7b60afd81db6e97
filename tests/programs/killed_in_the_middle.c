/* SPDX-License-Identifier: MIT
 *
 * A program waits to be killed.
 */
#include "loopback.h"

#include <signal.h>

int main(void)
{
	int fd = tcp_listener(3);

	checkpoint("open %d", fd);
	kill(getpid(), SIGKILL);
	return 0;
}
