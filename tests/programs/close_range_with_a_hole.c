/* SPDX-License-Identifier: MIT
 *
 * close_range over numbers of which some are not open.
 */
#include "loopback.h"

int main(void)
{
	int fds[6];

	for (int i = 0; i < 6; i++)
		fds[i] = udp_bound();
	MUST(close(fds[2]));
	TELL(close_range((unsigned)fds[1], (unsigned)fds[4], 0));
	checkpoint("closed %d %d %d %d %d %d", fds[0], fds[1], fds[2], fds[3], fds[4], fds[5]);
	return 0;
}
