/* SPDX-License-Identifier: MIT
 *
 * MSG_CTRUNC: the descriptors that fit arrive, the others are gone.
 */
#include "passing.h"

int main(void)
{
	int pair[2], fds[4], got[PASSED_MAX];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	for (int i = 0; i < 4; i++)
		fds[i] = udp_bound();
	pass(pair[0], fds, 4);
	TELL(take(pair[1], got, 2, 0));
	checkpoint("cut %d %d %d %d", pair[0], pair[1], got[0], got[1]);
	pass(pair[0], fds, 4);
	TELL(recv(pair[1], got, 1, 0));
	checkpoint("ignored %d %d", pair[0], pair[1]);
	return 0;
}
