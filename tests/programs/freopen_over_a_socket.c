/* SPDX-License-Identifier: MIT
 *
 * stdout is a socket; freopen puts a file in its place, on the same number.
 */
#include "loopback.h"

int main(void)
{
	int fd = udp_bound();

	checkpoint_out = (int)MUST(dup(STDOUT_FILENO));
	MUST(dup2(fd, STDOUT_FILENO));
	checkpoint("socket %d %d", fd, STDOUT_FILENO);
	TELL(freopen("/dev/null", "w", stdout) == stdout);
	TELL(fileno(stdout));
	checkpoint("file %d %d", fd, STDOUT_FILENO);
	MUST(dup2(fd, STDOUT_FILENO));
	TELL(freopen("/nonexistent/file", "w", stdout) ? 1 : -1);
	checkpoint("nothing %d %d", fd, STDOUT_FILENO);
	return 0;
}
