/* SPDX-License-Identifier: MIT
 *
 * O_NONBLOCK and close-on-exec by fcntl and by ioctl, on and off.
 */
#include "loopback.h"

#include <sys/ioctl.h>

int main(void)
{
	int fd = tcp_listener(1), on = 1, off = 0, copy = (int)MUST(dup(fd));

	TELL(fcntl(fd, F_SETFL, O_NONBLOCK));
	TELL(fcntl(fd, F_SETFD, FD_CLOEXEC));
	checkpoint("on %d %d", fd, copy);
	TELL(fcntl(fd, F_SETFL, 0));
	TELL(fcntl(fd, F_SETFD, 0));
	checkpoint("off %d", fd);
	TELL(ioctl(copy, FIONBIO, &on));
	TELL(ioctl(fd, FIOCLEX));
	checkpoint("on %d %d", fd, copy);
	TELL(ioctl(fd, FIONBIO, &off));
	TELL(ioctl(fd, FIONCLEX));
	TELL(ioctl(fd, FIONBIO, nowhere()));
	TELL(fcntl(fd, F_GETFL));
	TELL(fcntl(fd, F_GETFD));
	checkpoint("off %d", fd);
	return 0;
}
