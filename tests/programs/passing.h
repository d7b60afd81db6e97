/* SPDX-License-Identifier: MIT
 *
 * Descriptors that travel over a unix socket.
 */
#ifndef PASSING_H
#define PASSING_H

#include "loopback.h"

enum { PASSED_MAX = 16 };

union passing {
	struct cmsghdr header;
	char room[CMSG_SPACE(PASSED_MAX * sizeof(int))];
};

/* One byte goes with them. */
static inline void pass(int over, const int *fds, size_t count)
{
	union passing control = { .header.cmsg_level = SOL_SOCKET };
	struct iovec byte = { (char *)"p", 1 };
	struct msghdr message = { .msg_iov = &byte, .msg_iovlen = 1, .msg_control = &control };

	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
	message.msg_controllen = CMSG_SPACE(count * sizeof(int));
	memcpy(CMSG_DATA(&control.header), fds, count * sizeof(int));
	MUST(sendmsg(over, &message, 0));
}

/* Copies the descriptors out of what recvmsg answered and tells all else of it. */
static inline int taken(const struct msghdr *message, int *fds)
{
	const struct cmsghdr *header = CMSG_FIRSTHDR(message);
	size_t size = header ? header->cmsg_len - CMSG_LEN(0) : 0;

	say("control %zu flags %#x", (size_t)message->msg_controllen, message->msg_flags);
	if (size)
		memcpy(fds, CMSG_DATA(header), size);
	return (int)(size / sizeof(int));
}

/* Takes a byte and up to `room` descriptors; how many came. */
static inline int take(int over, int *fds, size_t room, int flags)
{
	union passing control;
	char bytes[4];
	struct iovec part = { bytes, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
				  .msg_controllen = CMSG_LEN(room * sizeof(int)) };

	MUST(recvmsg(over, &message, flags));
	return taken(&message, fds);
}

#endif
