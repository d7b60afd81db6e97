/* SPDX-License-Identifier: MIT
 *
 * Socket pairs: stream, datagram, seqpacket.
 */
#include "loopback.h"

int main(void)
{
	static const int types[3] = { SOCK_STREAM, SOCK_DGRAM | SOCK_NONBLOCK,
				      SOCK_SEQPACKET | SOCK_CLOEXEC };
	int pair[3][2];

	for (int i = 0; i < 3; i++) {
		MUST(socketpair(AF_UNIX, types[i], 0, pair[i]));
		MUST(write(pair[i][0], "abc", 3));
	}
	checkpoint("paired %d %d %d %d %d %d", pair[0][0], pair[0][1], pair[1][0], pair[1][1],
		   pair[2][0], pair[2][1]);
	return 0;
}
