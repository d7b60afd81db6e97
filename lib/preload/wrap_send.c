/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that send.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/count.h"

static inline void count_flags(struct st_row *row, ssize_t sent, int flags)
{
	if (unlikely(flags & MSG_ZEROCOPY) && sent > 0)
		tally(&row->zerocopy_bytes, (uint64_t)sent);
}

EXPORT ssize_t send(int fd, const void *buf, size_t len, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	ssize_t sent = REAL(send)(fd, buf, len, flags);

	row = row_known(ref, fd, sent);
	if (row) {
		count_sent(row, fd, sent);
		count_flags(row, sent, flags);
	}
	return sent;
}
EXPORT_ALIAS(__send, send);

EXPORT ssize_t sendto(int fd, const void *buf, size_t len, int flags,
		      __CONST_SOCKADDR_ARG address, socklen_t address_len)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	ssize_t sent = REAL(sendto)(fd, buf, len, flags, address, address_len);

	row = row_known(ref, fd, sent);
	if (row) {
		count_sent(row, fd, sent);
		count_flags(row, sent, flags);
		record_sent_to(row, fd, address.__sockaddr__, address_len, flags, sent);
	}
	return sent;
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	ssize_t sent = REAL(sendmsg)(fd, message, flags);

	row = row_known(ref, fd, sent);
	if (row) {
		count_sent(row, fd, sent);
		count_flags(row, sent, flags);
		record_message_sent(row, fd, message, flags, sent);
	}
	return sent;
}

/* Answers messages, not bytes: those are in each message's msg_len. */
EXPORT int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	int sent = REAL(sendmmsg)(fd, messages, count, flags);
	ssize_t bytes = sent < 0 ? -1 : 0;

	row = row_known(ref, fd, sent);
	if (!row)
		return sent;
	for (int i = 0; i < sent; i++)
		bytes += messages[i].msg_len;
	count_sent(row, fd, bytes);
	count_flags(row, bytes, flags);
	for (int i = 0; i < sent; i++)
		record_message_sent(row, fd, &messages[i].msg_hdr, flags, messages[i].msg_len);
	return sent;
}

EXPORT ssize_t write(int fd, const void *buf, size_t len)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t sent;

	if (likely(!ref))
		return REAL(write)(fd, buf, len);
	sent = REAL(write)(fd, buf, len);
	count_sent(row_after(ref, fd), fd, sent);
	return sent;
}
EXPORT_ALIAS(__write, write);

EXPORT ssize_t writev(int fd, const struct iovec *iov, int count)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t sent;

	if (likely(!ref))
		return REAL(writev)(fd, iov, count);
	sent = REAL(writev)(fd, iov, count);
	count_sent(row_after(ref, fd), fd, sent);
	return sent;
}

EXPORT ssize_t pwritev2(int fd, const struct iovec *iov, int count, off_t offset, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t sent;

	if (likely(!ref))
		return REAL(pwritev2)(fd, iov, count, offset, flags);
	sent = REAL(pwritev2)(fd, iov, count, offset, flags);
	count_sent(row_after(ref, fd), fd, sent);
	return sent;
}

EXPORT ssize_t pwritev64v2(int fd, const struct iovec *iov, int count, off64_t offset, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t sent;

	if (likely(!ref))
		return REAL(pwritev64v2)(fd, iov, count, offset, flags);
	sent = REAL(pwritev64v2)(fd, iov, count, offset, flags);
	count_sent(row_after(ref, fd), fd, sent);
	return sent;
}
