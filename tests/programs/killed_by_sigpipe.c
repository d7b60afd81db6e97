/* SPDX-License-Identifier: MIT
 *
 * A write to a closed connection ends the program by SIGPIPE.
 */
#include "loopback.h"

int main(void)
{
	int pair[2];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	MUST(close(pair[1]));
	checkpoint("broken %d", pair[0]);
	TELL(write(pair[0], "x", 1));
	return 0;
}
