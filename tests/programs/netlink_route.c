/* SPDX-License-Identifier: MIT
 *
 * A netlink socket asks for the links and reads the answer.
 */
#include "loopback.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

int main(void)
{
	struct { struct nlmsghdr header; struct rtgenmsg body; } request = {
		.header = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct rtgenmsg)),
			    .nlmsg_type = RTM_GETLINK,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
		.body.rtgen_family = AF_UNSPEC,
	};
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
	char answer[32768];
	int fd = (int)MUST(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
	long got;

	MUST(bind(fd, SA(&address), sizeof(address)));
	checkpoint("bound %d", fd);
	MUST(send(fd, &request, request.header.nlmsg_len, 0));
	got = MUST(recv(fd, answer, sizeof(answer), 0));
	checkpoint("answered %d %u %ld", fd, request.header.nlmsg_len, got);
	return 0;
}
