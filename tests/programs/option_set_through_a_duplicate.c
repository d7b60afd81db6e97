/* SPDX-License-Identifier: MIT
 *
 * One duplicate binds and listens, the other sets an option after that.
 */
#include "loopback.h"

int main(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM, 0)), copy = (int)MUST(dup(fd)), on = 1;

	MUST(bind_to_loopback(fd));
	MUST(listen(fd, 5));
	MUST(setsockopt(copy, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)));
	checkpoint("set %d %d", fd, copy);
	return 0;
}
