/* SPDX-License-Identifier: MIT
 *
 * close_range closes sockets and pipes from a number on.
 */
#include "loopback.h"

#include <sys/syscall.h>

int main(void)
{
	int kept = udp_bound(), first = udp_bound(), hose[2], last;

	MUST(pipe(hose));
	last = udp_bound();
	TELL(close_range((unsigned)last, (unsigned)first, 0));
	TELL(close_range((unsigned)first, ~0U, 64));
	checkpoint("unharmed %d %d %d", kept, first, last);
	TELL(close_range((unsigned)first, ~0U, 0));
	checkpoint("closed %d %d %d", kept, first, last);
	return 0;
}
