/* SPDX-License-Identifier: MIT
 *
 * dup2(s, s) touches nothing, not even close-on-exec; dup3(s, s) fails.
 */
#include "loopback.h"

int main(void)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));

	TELL(dup2(fd, fd));
	TELL(dup3(fd, fd, O_CLOEXEC));
	say("cloexec %d", fcntl(fd, F_GETFD));
	checkpoint("same %d", fd);
	return 0;
}
