/* SPDX-License-Identifier: MIT
 *
 * dup, dup2, dup3 and both of fcntl: five more descriptors of one socket.
 */
#include "loopback.h"

int main(void)
{
	int source = tcp_listener(1), copy[5];

	copy[0] = (int)TELL(dup(source));
	copy[1] = (int)TELL(dup2(source, 20));
	copy[2] = (int)TELL(dup3(source, 21, O_CLOEXEC));
	copy[3] = (int)TELL(fcntl(source, F_DUPFD, 30));
	copy[4] = (int)TELL(fcntl(source, F_DUPFD_CLOEXEC, 30));
	checkpoint("copied %d %d %d %d %d %d", source, copy[0], copy[1], copy[2], copy[3],
		   copy[4]);
	MUST(close(source));
	MUST(listen(copy[0], 9));
	checkpoint("kept %d %d %d %d %d %d", source, copy[0], copy[1], copy[2], copy[3],
		   copy[4]);
	return 0;
}
