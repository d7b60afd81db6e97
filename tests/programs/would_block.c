/* SPDX-License-Identifier: MIT
 *
 * Calls that would have to wait: they are counted apart and are no errors.
 */
#include "loopback.h"

#include <sys/uio.h>

int main(void)
{
	static char block[65536];
	struct iovec part = { block, sizeof(block) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	long n, total = 0, calls = 0;
	int pair[2];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	TELL(recv(pair[1], block, 1, MSG_DONTWAIT));
	MUST(fcntl(pair[1], F_SETFL, O_NONBLOCK));
	TELL(read(pair[1], block, 1));
	TELL(readv(pair[1], &part, 1));
	TELL(recvmsg(pair[1], &message, 0));
	while (calls++, (n = send(pair[0], block, sizeof(block), MSG_DONTWAIT)) >= 0)
		total += n;
	TELL(sendmsg(pair[0], &message, MSG_DONTWAIT));
	checkpoint("full %d %d %ld %ld", pair[0], pair[1], total, calls);
	return 0;
}
