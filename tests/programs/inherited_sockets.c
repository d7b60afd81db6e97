/* SPDX-License-Identifier: MIT
 *
 * Sockets that were open when the program started: 3, and 1500.
 */
#include "loopback.h"

int main(void)
{
	int accepted;

	checkpoint("started");
	accepted = (int)MUST(accept(3, NULL, NULL));
	MUST(close(3));
	TELL(send(1500, "high", 4, 0));
	checkpoint("used %d", accepted);
	return 0;
}
