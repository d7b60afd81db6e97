/* SPDX-License-Identifier: MIT
 *
 * Answers that lie, of calls that are made by their numbers.
 */
#include "loopback.h"

#include <sys/syscall.h>

int main(void)
{
	char bytes[100] = "";
	struct iovec part = { bytes, 10 };
	struct mmsghdr message = { .msg_hdr = { .msg_iov = &part, .msg_iovlen = 1 } };
	int packets[2], stream[2];

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, packets));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, stream));
	for (int i = 0; i < 3; i++)
		MUST(send(packets[0], bytes, sizeof(bytes), 0));
	TELL(syscall(SYS_recvfrom, packets[1], bytes, 10, MSG_TRUNC, NULL, NULL));
	TELL(syscall(SYS_recvmsg, packets[1], &message.msg_hdr, MSG_TRUNC));
	TELL(syscall(SYS_recvfrom, packets[1], bytes, 10, MSG_PEEK | MSG_TRUNC, NULL, NULL));
	TELL(syscall(SYS_sendmmsg, stream[0], &message, 1, 0));
	TELL(syscall(SYS_recvmsg, stream[1], &message.msg_hdr, MSG_PEEK));
	TELL(syscall(SYS_recvmmsg, stream[1], &message, 1, MSG_DONTWAIT, NULL));
	checkpoint("moved %d %d %d %d", packets[0], packets[1], stream[0], stream[1]);
	return 0;
}
