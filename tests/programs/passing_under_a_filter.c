/* SPDX-License-Identifier: MIT
 *
 * A socket arrives where no system call can be made to ask what it is.
 */
#include "filter.h"
#include "passing.h"

int main(void)
{
	int fd = udp_bound(), pair[2], arrived = -1;

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	MUST(filter_nothing());
	pass(pair[0], &fd, 1);
	TELL(take(pair[1], &arrived, 1, 0));
	checkpoint("arrived %d %d", arrived, fd);
	return 0;
}
