/* SPDX-License-Identifier: MIT
 *
 * Here we reach the functions that we wrap: REAL(connect)(...) is libc's connect, or that of the
 * next preloaded library. The list of names is lib/calls.def.
 */
#ifndef SOCKTAB_PRELOAD_CALLS_H
#define SOCKTAB_PRELOAD_CALLS_H

#include <fcntl.h>
#include <mqueue.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <rpc/netdb.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utmp.h>

#define EXPORT __attribute__((visibility("default")))

/* A second exported name of a function that is defined in the same file. */
#define EXPORT_ALIAS(name, of) \
	extern __typeof__(of) name COPY_ATTRIBUTES(of) \
		__attribute__((alias(#of), visibility("default")))
#if defined(__GNUC__) && !defined(__clang__)
#define COPY_ATTRIBUTES(of) __attribute__((copy(of)))
#else
#define COPY_ATTRIBUTES(of)
#endif

/* Exported by libc without a header, or only under _FORTIFY_SOURCE. */
ssize_t __recv_chk(int fd, void *buf, size_t len, size_t size, int flags);
ssize_t __recvfrom_chk(int fd, void *buf, size_t len, size_t size, int flags,
		       struct sockaddr *address, socklen_t *address_len);
ssize_t __read_chk(int fd, void *buf, size_t len, size_t size);
int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size);
int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
		const sigset_t *mask, size_t size);
int bindresvport(int fd, struct sockaddr_in *address);
int rresvport(int *port);
int rresvport_af(int *port, sa_family_t family);

#define CALL(name)		extern __typeof__(name) *real_##name;
#define ALIAS(name, of)
#define VERSIONED(name, version) extern __typeof__(name) *real_##name##_old;
#include "calls.def"
#undef CALL
#undef ALIAS
#undef VERSIONED

/* Looks all of them up; idempotent, may run in several threads at once, allocates nothing. */
void resolve_calls(void);

/* How much room a program offers for an address, read before the call that may make it smaller.
 * A pointer that is none is the kernel's to refuse (EFAULT), not ours to follow: those that
 * programs use for that are NULL, small numbers and -1. */
static inline bool is_pointer(const void *p)
{
	return (uintptr_t)p >= 4096 && (uintptr_t)p < UINTPTR_MAX - 4096;
}

static inline socklen_t room_for(const void *address, const socklen_t *len)
{
	return address && is_pointer(len) ? *len : 0;
}

#define REAL(name) \
	(*(__builtin_expect(real_##name != NULL, 1) ? real_##name : \
	   (resolve_calls(), real_##name)))

#endif
