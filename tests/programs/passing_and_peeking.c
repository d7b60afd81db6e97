/* SPDX-License-Identifier: MIT
 *
 * Each MSG_PEEK of a message with descriptors makes new ones.
 */
#include "passing.h"

int main(void)
{
	int pair[2], fd = udp_bound(), got[3];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pass(pair[0], &fd, 1);
	for (int i = 0; i < 3; i++)
		TELL(take(pair[1], &got[i], 1, i < 2 ? MSG_PEEK : 0));
	checkpoint("peeked %d %d %d %d %d", pair[1], fd, got[0], got[1], got[2]);
	return 0;
}
