/* SPDX-License-Identifier: MIT
 *
 * As many sockets as a large server has, or as many as are allowed here.
 */
#include "loopback.h"

#include <sys/resource.h>

enum { SOCKETS = 20000, OTHERS = 32 };

int main(void)
{
	struct rlimit limit = { SOCKETS + OTHERS, SOCKETS + OTHERS };
	int first = -1, last = -1, wanted = SOCKETS;

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0) {
		MUST(getrlimit(RLIMIT_NOFILE, &limit));
		limit.rlim_cur = limit.rlim_max;
		MUST(setrlimit(RLIMIT_NOFILE, &limit));
		if (limit.rlim_cur < SOCKETS + OTHERS)
			wanted = (int)limit.rlim_cur - OTHERS;
	}
	for (int i = 0; i < wanted; i++) {
		last = (int)MUST(socket(i % 2 ? AF_INET : AF_UNIX, SOCK_DGRAM, 0));
		first = first < 0 ? last : first;
	}
	checkpoint("open %d %d %d", first, last, wanted);
	TELL(close_range((unsigned)first + 7, ~0U, 0));
	checkpoint("closed %d %d", first, first + 6);
	return 0;
}
