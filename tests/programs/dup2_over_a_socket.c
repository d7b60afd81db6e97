/* SPDX-License-Identifier: MIT
 *
 * dup2 puts one socket onto the number of another, which is closed by it.
 */
#include "loopback.h"

int main(void)
{
	int first[2], second[2];

	tcp_pair(first);
	tcp_pair(second);
	MUST(send(first[0], "first", 5, 0));
	MUST(send(second[0], "2", 1, 0));
	TELL(dup2(first[0], second[0]));
	MUST(send(second[0], "third", 5, 0));
	checkpoint("covered %d %d %d", first[0], second[0], second[1]);
	TELL(dup3(second[1], first[1], 0));
	checkpoint("again %d %d", first[1], second[1]);
	return 0;
}
