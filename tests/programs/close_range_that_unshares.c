/* SPDX-License-Identifier: MIT
 *
 * CLOSE_RANGE_UNSHARE in a program of one thread: the range is closed.
 */
#include "loopback.h"

#include <linux/close_range.h>

int main(void)
{
	int kept = udp_bound(), closed = udp_bound();

	TELL(close_range((unsigned)closed, ~0U, CLOSE_RANGE_UNSHARE));
	checkpoint("closed %d %d", kept, closed);
	return 0;
}
