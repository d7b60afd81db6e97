/* SPDX-License-Identifier: MIT
 *
 * sendmmsg and recvmmsg carry descriptors too.
 */
#include "passing.h"

int main(void)
{
	union passing control[2] = { 0 };
	struct iovec byte = { (char[2]){ "m" }, 1 };
	struct mmsghdr messages[2] = { 0 };
	int pair[2], fds[2] = { udp_bound(), tcp_listener(1) }, got[2];

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	for (int i = 0; i < 2; i++) {
		control[i].header.cmsg_level = SOL_SOCKET;
		control[i].header.cmsg_type = SCM_RIGHTS;
		control[i].header.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&control[i].header), &fds[i], sizeof(int));
		messages[i].msg_hdr = (struct msghdr){ .msg_iov = &byte, .msg_iovlen = 1,
			.msg_control = &control[i], .msg_controllen = CMSG_LEN(sizeof(int)) };
	}
	TELL(sendmmsg(pair[0], messages, 2, 0));
	TELL(recvmmsg(pair[1], messages, 2, MSG_CMSG_CLOEXEC, NULL));
	for (int i = 0; i < 2; i++)
		TELL(taken(&messages[i].msg_hdr, &got[i]));
	checkpoint("passed %d %d %d %d %d %d", pair[0], pair[1], fds[0], fds[1], got[0], got[1]);
	return 0;
}
