/* SPDX-License-Identifier: MIT
 *
 * Each call that receives, on a stream: all of them count as they answer.
 */
#include "loopback.h"

#include <sys/uio.h>

int main(void)
{
	char a[3], b[5], buffer[64];
	struct iovec parts[2] = { { a, sizeof(a) }, { b, sizeof(b) } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	struct mmsghdr several[2] = { { .msg_hdr = message }, { .msg_hdr = message } };
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	int pair[2];

	tcp_pair(pair);
	for (int i = 0; i < 64; i++)
		MUST(send(pair[0], "x", 1, 0));
	TELL(recv(pair[1], buffer, 1, 0));
	TELL(recvfrom(pair[1], buffer, 2, 0, SA(&from), &size));
	say("size %u", size);
	TELL(recvmsg(pair[1], &message, 0));
	TELL(recvmmsg(pair[1], several, 2, 0, NULL));
	say("lengths %u %u", several[0].msg_len, several[1].msg_len);
	TELL(read(pair[1], buffer, 3));
	TELL(readv(pair[1], parts, 2));
	TELL(preadv2(pair[1], parts, 1, -1, 0));
	TELL(pread(pair[1], buffer, 1, 0));
	TELL(preadv(pair[1], parts, 1, 0));
	TELL(recv(pair[1], buffer, 7, MSG_WAITALL));
	TELL(recv(pair[1], buffer, 0, 0));
	checkpoint("received %d %d", pair[0], pair[1]);
	MUST(shutdown(pair[0], SHUT_WR));
	TELL(recv(pair[1], buffer, sizeof(buffer), 0));
	TELL(recv(pair[1], buffer, sizeof(buffer), 0));
	checkpoint("ended %d %d", pair[0], pair[1]);
	return 0;
}
