/* SPDX-License-Identifier: MIT
 *
 * Here we ask the kernel: every system call that the module makes of its own goes through this
 * file. They are raw, so that they leave errno alone, are no cancellation points and pass no
 * other preloaded library. Each answers 0 or more, or -errno.
 *
 * From the moment that the program installs a seccomp filter kernel_is_quiet(), and none of
 * these makes a call any more: they answer -ENOSYS. A strict filter kills for one extra getpid.
 */
#ifndef SOCKTAB_PRELOAD_KERNEL_H
#define SOCKTAB_PRELOAD_KERNEL_H

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "preload/thread.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23		/* since Linux 5.14 */
#endif

/* Filters that were installed, or are being installed. */
extern int kernel_quiet;

static inline bool kernel_is_quiet(void)
{
	return kernel_quiet > 0 || vfork_frames.quiet;
}

long kernel_call(long number, long a, long b, long c, long d, long e, long f);

static inline int kernel_getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
	return (int)kernel_call(SYS_getsockopt, fd, level, name, (long)value, (long)len, 0);
}

static inline int kernel_getsockname(int fd, void *address, socklen_t *len)
{
	return (int)kernel_call(SYS_getsockname, fd, (long)address, (long)len, 0, 0, 0);
}

static inline int kernel_getpeername(int fd, void *address, socklen_t *len)
{
	return (int)kernel_call(SYS_getpeername, fd, (long)address, (long)len, 0, 0, 0);
}

static inline int kernel_fcntl(int fd, int command, long argument)
{
	return (int)kernel_call(SYS_fcntl, fd, command, argument, 0, 0, 0);
}

static inline int kernel_poll(struct pollfd *fds, unsigned count, int timeout_ms)
{
	return (int)kernel_call(SYS_poll, (long)fds, count, timeout_ms, 0, 0, 0);
}

static inline int kernel_openat(int dir, const char *path, int flags, unsigned mode)
{
	return (int)kernel_call(SYS_openat, dir, (long)path, flags, (long)mode, 0, 0);
}

static inline int kernel_close(int fd)
{
	return (int)kernel_call(SYS_close, fd, 0, 0, 0, 0, 0);
}

static inline long kernel_read(int fd, void *buf, size_t size)
{
	return kernel_call(SYS_read, fd, (long)buf, (long)size, 0, 0, 0);
}

static inline long kernel_write(int fd, const void *buf, size_t size)
{
	return kernel_call(SYS_write, fd, (long)buf, (long)size, 0, 0, 0);
}

static inline int kernel_fstat(int fd, struct stat *st)
{
	return (int)kernel_call(SYS_fstat, fd, (long)st, 0, 0, 0, 0);
}

static inline int kernel_stat(const char *path, struct stat *st)
{
	return (int)kernel_call(SYS_stat, (long)path, (long)st, 0, 0, 0, 0);
}

static inline int kernel_ftruncate(int fd, uint64_t size)
{
	return (int)kernel_call(SYS_ftruncate, fd, (long)size, 0, 0, 0, 0);
}

static inline int kernel_fallocate(int fd, uint64_t offset, uint64_t size)
{
	return (int)kernel_call(SYS_fallocate, fd, 0, (long)offset, (long)size, 0, 0);
}

static inline long kernel_mmap(size_t size, int protection, int flags, int fd, uint64_t offset)
{
	return kernel_call(SYS_mmap, 0, (long)size, protection, flags, fd, (long)offset);
}

static inline int kernel_munmap(void *at, size_t size)
{
	return (int)kernel_call(SYS_munmap, (long)at, (long)size, 0, 0, 0, 0);
}

static inline int kernel_madvise(void *at, size_t size, int advice)
{
	return (int)kernel_call(SYS_madvise, (long)at, (long)size, advice, 0, 0, 0);
}

static inline int kernel_mkdir(const char *path, unsigned mode)
{
	return (int)kernel_call(SYS_mkdir, (long)path, (long)mode, 0, 0, 0, 0);
}

static inline int kernel_linkat(int dir, const char *from, const char *to)
{
	return (int)kernel_call(SYS_linkat, dir, (long)from, dir, (long)to, 0, 0);
}

static inline int kernel_unlinkat(int dir, const char *path)
{
	return (int)kernel_call(SYS_unlinkat, dir, (long)path, 0, 0, 0, 0);
}

static inline int kernel_getrlimit(int resource, struct rlimit *limit)
{
	return (int)kernel_call(SYS_prlimit64, 0, resource, 0, (long)limit, 0, 0);
}

static inline int kernel_kill(pid_t pid, int signal)
{
	return (int)kernel_call(SYS_kill, pid, signal, 0, 0, 0, 0);
}

static inline pid_t kernel_getpid(void)
{
	return (pid_t)kernel_call(SYS_getpid, 0, 0, 0, 0, 0, 0);
}

static inline pid_t kernel_getppid(void)
{
	return (pid_t)kernel_call(SYS_getppid, 0, 0, 0, 0, 0, 0);
}

static inline pid_t kernel_gettid(void)
{
	return (pid_t)kernel_call(SYS_gettid, 0, 0, 0, 0, 0, 0);
}

static inline uid_t kernel_geteuid(void)
{
	return (uid_t)kernel_call(SYS_geteuid, 0, 0, 0, 0, 0, 0);
}

#endif
