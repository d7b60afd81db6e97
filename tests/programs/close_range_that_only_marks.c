/* SPDX-License-Identifier: MIT
 *
 * CLOSE_RANGE_CLOEXEC closes nothing: it marks.
 */
#include "loopback.h"

#include <linux/close_range.h>

int main(void)
{
	int kept = udp_bound(), marked = udp_bound();

	if (close_range((unsigned)marked, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		skip("no CLOSE_RANGE_CLOEXEC");
	TELL(fcntl(marked, F_GETFD));
	checkpoint("marked %d %d", kept, marked);
	return 0;
}
