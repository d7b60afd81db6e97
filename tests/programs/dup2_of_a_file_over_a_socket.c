/* SPDX-License-Identifier: MIT
 *
 * dup2 of a pipe onto a socket: the row is closed and none takes its place.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(1), hose[2];

	MUST(pipe(hose));
	TELL(dup2(hose[0], fd));
	checkpoint("covered %d", fd);
	TELL(dup2(MUST(socket(AF_INET, SOCK_DGRAM, 0)), hose[1]));
	checkpoint("back %d", hose[1]);
	return 0;
}
