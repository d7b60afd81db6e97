/* SPDX-License-Identifier: MIT
 *
 * A dup that fails closes nothing.
 */
#include "loopback.h"

#include <sys/resource.h>

int main(void)
{
	struct rlimit few = { 10, 10 };
	int fd = tcp_listener(1), victim = tcp_listener(1);

	setrlimit(RLIMIT_NOFILE, &few);
	TELL(dup2(99, victim));
	TELL(dup2(-1, victim));
	TELL(dup2(fd, 10));
	TELL(dup2(fd, -1));
	TELL(dup3(fd, victim, 12345));
	TELL(dup(-1));
	TELL(fcntl(fd, F_DUPFD, 10));
	checkpoint("unharmed %d %d", fd, victim);
	return 0;
}
