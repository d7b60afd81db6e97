/* SPDX-License-Identifier: MIT
 *
 * A parent takes a socket out of its child by pidfd_getfd.
 */
#include "loopback.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

int main(void)
{
	int hose[2], fd, status, pidfd;
	pid_t child;

	MUST(pipe(hose));
	child = (pid_t)MUST(fork());
	if (!child) {
		MUST(prctl(PR_SET_PDEATHSIG, SIGKILL));
		fd = tcp_listener(4);
		MUST(write(hose[1], &fd, sizeof(fd)));
		pause();
		_exit(1);
	}
	MUST(read(hose[0], &fd, sizeof(fd)));
	pidfd = (int)syscall(SYS_pidfd_open, child, 0);
	fd = pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	if (fd < 0)
		skip("no pidfd_getfd");
	checkpoint("taken %d %d", child, fd);
	MUST(kill(child, 9));
	MUST(waitpid(child, &status, 0));
	checkpoint("kept %d %d", child, fd);
	return 0;
}
