/* SPDX-License-Identifier: MIT
 *
 * More sockets than a small table has rows.
 */
#include "loopback.h"

int main(void)
{
	int first = -1, last = -1;

	for (int i = 0; i < 500; i++) {
		last = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
		if (first < 0)
			first = last;
		MUST(bind_to_loopback(last));
	}
	checkpoint("open %d %d", first, last);
	for (int i = first; i <= last; i++)
		MUST(close(i));
	checkpoint("closed %d %ld", first, MUST(socket(AF_INET, SOCK_DGRAM, 0)));
	return 0;
}
