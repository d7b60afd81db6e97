/* SPDX-License-Identifier: MIT
 *
 * closefrom closes all from a number on.
 */
#include "loopback.h"

int main(void)
{
	int kept = udp_bound(), first = udp_bound(), high = (int)MUST(dup2(first, 500));

	closefrom(first);
	checkpoint("closed %d %d %d", kept, first, high);
	return 0;
}
