/* SPDX-License-Identifier: MIT
 *
 * close, and close again of a number that is free; close of a pipe.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(1), hose[2];

	TELL(close(fd));
	TELL(close(fd));
	TELL(close(-1));
	MUST(pipe(hose));
	TELL(close(hose[0]));
	checkpoint("closed %d", fd);
	return 0;
}
