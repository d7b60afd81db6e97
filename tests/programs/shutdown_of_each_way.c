/* SPDX-License-Identifier: MIT
 *
 * shutdown for reading, for writing, for both, one after another.
 */
#include "loopback.h"

int main(void)
{
	int first[2], second[2], third[2];
	char byte;

	tcp_pair(first);
	tcp_pair(second);
	tcp_pair(third);
	TELL(shutdown(first[0], SHUT_RD));
	TELL(shutdown(second[0], SHUT_WR));
	TELL(shutdown(third[0], SHUT_RDWR));
	TELL(recv(second[1], &byte, 1, 0));
	checkpoint("half %d %d %d %d", first[0], second[0], third[0], second[1]);
	TELL(shutdown(first[0], SHUT_WR));
	TELL(shutdown(second[0], SHUT_RD));
	TELL(shutdown(second[1], 7));
	TELL(shutdown((int)MUST(socket(AF_INET, SOCK_STREAM, 0)), SHUT_WR));
	checkpoint("whole %d %d", first[0], second[0]);
	return 0;
}
