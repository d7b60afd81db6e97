/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that receive.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/count.h"

EXPORT ssize_t recv(int fd, void *buf, size_t len, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	ssize_t got = REAL(recv)(fd, buf, len, flags);

	row = row_known(ref, fd, got);
	if (row)
		count_received(row, fd, bytes_taken(got, flags, len));
	return got;
}

EXPORT ssize_t __recv_chk(int fd, void *buf, size_t len, size_t size, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	ssize_t got = REAL(__recv_chk)(fd, buf, len, size, flags);

	row = row_known(ref, fd, got);
	if (row)
		count_received(row, fd, bytes_taken(got, flags, len));
	return got;
}

/* The sender's address, of which only what fitted was told. */
static void record_from(struct st_row *row, const void *address, const socklen_t *len,
			socklen_t room, ssize_t got)
{
	if (got >= 0 && address && len && *len <= room)
		record_peer(row, address, *len);
}

EXPORT ssize_t recvfrom(int fd, void *buf, size_t len, int flags, __SOCKADDR_ARG address,
			socklen_t *address_len)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	socklen_t room = room_for(address.__sockaddr__, address_len);
	ssize_t got = REAL(recvfrom)(fd, buf, len, flags, address, address_len);

	row = row_known(ref, fd, got);
	if (row) {
		count_received(row, fd, bytes_taken(got, flags, len));
		record_from(row, address.__sockaddr__, address_len, room, got);
	}
	return got;
}

EXPORT ssize_t __recvfrom_chk(int fd, void *buf, size_t len, size_t size, int flags,
			      struct sockaddr *address, socklen_t *address_len)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	socklen_t room = room_for(address, address_len);
	ssize_t got = REAL(__recvfrom_chk)(fd, buf, len, size, flags, address, address_len);

	row = row_known(ref, fd, got);
	if (row) {
		count_received(row, fd, bytes_taken(got, flags, len));
		record_from(row, address, address_len, room, got);
	}
	return got;
}

/* What a message brought besides its bytes. `name_room`: what its buffer held before the call. */
static void record_message_received(struct st_row *row, const struct msghdr *message,
				    socklen_t name_room)
{
	if (row && message->msg_name && message->msg_namelen <= name_room)
		record_peer(row, message->msg_name, message->msg_namelen);
	if (message->msg_controllen)
		record_rights_received(row, message);
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	socklen_t name_room = is_pointer(message) ? message->msg_namelen : 0;
	ssize_t got = REAL(recvmsg)(fd, message, flags);

	row = row_known(ref, fd, got);
	if (row)
		count_received(row, fd, bytes_taken(got, flags, got < 0 ? 0 : message_room(message)));
	if (got >= 0)
		record_message_received(row, message, name_room);
	return got;
}

#define ROOMS 64		/* messages whose name buffers are remembered over the call */

EXPORT int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags,
		    struct timespec *timeout)
{
	uint64_t ref = descriptor_ref(fd);
	struct st_row *row;
	socklen_t rooms[ROOMS];
	ssize_t bytes = 0;
	int got;

	for (unsigned i = 0; is_pointer(messages) && i < count && i < ROOMS; i++)
		rooms[i] = messages[i].msg_hdr.msg_namelen;
	got = REAL(recvmmsg)(fd, messages, count, flags, timeout);
	row = row_known(ref, fd, got);
	for (int i = 0; i < got; i++) {
		bytes += bytes_taken(messages[i].msg_len, flags, message_room(&messages[i].msg_hdr));
		record_message_received(row, &messages[i].msg_hdr, i < ROOMS ? rooms[i] : 0);
	}
	if (row)
		count_received(row, fd, got < 0 ? -1 : bytes);
	return got;
}

EXPORT ssize_t read(int fd, void *buf, size_t len)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t got;

	if (likely(!ref))
		return REAL(read)(fd, buf, len);
	got = REAL(read)(fd, buf, len);
	count_received(row_after(ref, fd), fd, got);
	return got;
}
EXPORT_ALIAS(__read, read);

EXPORT ssize_t __read_chk(int fd, void *buf, size_t len, size_t size)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t got;

	if (likely(!ref))
		return REAL(__read_chk)(fd, buf, len, size);
	got = REAL(__read_chk)(fd, buf, len, size);
	count_received(row_after(ref, fd), fd, got);
	return got;
}

EXPORT ssize_t readv(int fd, const struct iovec *iov, int count)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t got;

	if (likely(!ref))
		return REAL(readv)(fd, iov, count);
	got = REAL(readv)(fd, iov, count);
	count_received(row_after(ref, fd), fd, got);
	return got;
}

EXPORT ssize_t preadv2(int fd, const struct iovec *iov, int count, off_t offset, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t got;

	if (likely(!ref))
		return REAL(preadv2)(fd, iov, count, offset, flags);
	got = REAL(preadv2)(fd, iov, count, offset, flags);
	count_received(row_after(ref, fd), fd, got);
	return got;
}

EXPORT ssize_t preadv64v2(int fd, const struct iovec *iov, int count, off64_t offset, int flags)
{
	uint64_t ref = descriptor_ref(fd);
	ssize_t got;

	if (likely(!ref))
		return REAL(preadv64v2)(fd, iov, count, offset, flags);
	got = REAL(preadv64v2)(fd, iov, count, offset, flags);
	count_received(row_after(ref, fd), fd, got);
	return got;
}
