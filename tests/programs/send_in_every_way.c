/* SPDX-License-Identifier: MIT
 *
 * Each call that sends, on a stream: all of them count as they answer.
 */
#include "loopback.h"

#include <sys/uio.h>

int main(void)
{
	struct iovec parts[2] = { { (char *)"abc", 3 }, { (char *)"defgh", 5 } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	struct mmsghdr several[3] = { { .msg_hdr = message }, { .msg_hdr = message },
				      { .msg_hdr = { .msg_iov = parts, .msg_iovlen = 1 } } };
	int pair[2];

	tcp_pair(pair);
	TELL(send(pair[0], "1", 1, 0));
	TELL(sendto(pair[0], "22", 2, MSG_NOSIGNAL, NULL, 0));
	TELL(sendmsg(pair[0], &message, 0));
	TELL(sendmmsg(pair[0], several, 3, 0));
	say("lengths %u %u %u", several[0].msg_len, several[1].msg_len, several[2].msg_len);
	TELL(write(pair[0], "333", 3));
	TELL(writev(pair[0], parts, 2));
	TELL(pwritev2(pair[0], parts, 1, -1, 0));
	TELL(pwrite(pair[0], "x", 1, 0));
	TELL(pwritev(pair[0], parts, 1, 0));
	TELL(send(pair[0], "", 0, 0));
	checkpoint("sent %d %d", pair[0], pair[1]);
	return 0;
}
