/* SPDX-License-Identifier: MIT
 *
 * What TCP knew at the end stays behind in the closed row.
 */
#include "loopback.h"

int main(void)
{
	int pair[2];
	char buffer[1000];

	tcp_pair(pair);
	memset(buffer, 'x', sizeof(buffer));
	MUST(send(pair[0], buffer, 1000, 0));
	MUST(recv(pair[1], buffer, 1000, MSG_WAITALL));
	MUST(send(pair[1], buffer, 10, 0));
	MUST(recv(pair[0], buffer, 10, MSG_WAITALL));
	MUST(close(pair[0]));
	MUST(close(pair[1]));
	checkpoint("closed %d %d", pair[0], pair[1]);
	return 0;
}
