/* SPDX-License-Identifier: MIT
 *
 * Here we wrap calls by number: syscall(2) behaves as the call that it is, and prctl(2) may
 * install a seccomp filter. Node, Go with cgo and sanitizers make such calls by the dozen.
 *
 * The call itself stays syscall: libc's functions of the same name are cancellation points and
 * restart differently.
 */
#include "config.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdarg.h>

#include "preload/calls.h"
#include "preload/clock.h"
#include "preload/count.h"
#include "preload/environment.h"
#include "preload/kernel.h"
#include "preload/seccomp.h"

struct numbered {
	long number, a[6];
	uint64_t ref, over;		/* of the descriptors that it names, before the call */
	struct connect_attempt attempt;
	uint64_t start_ns;
};

static bool installs_filter(const struct numbered *c)
{
	return (c->number == SYS_seccomp && (c->a[0] == SECCOMP_SET_MODE_STRICT ||
					     c->a[0] == SECCOMP_SET_MODE_FILTER)) ||
	       (c->number == SYS_prctl && c->a[0] == PR_SET_SECCOMP);
}

static void *pointer(long argument)
{
	return (void *)argument;
}

static void sent(const struct numbered *c, long bytes)
{
	count_sent(row_after(c->ref, (int)c->a[0]), (int)c->a[0], bytes);
}

static void received(const struct numbered *c, long bytes)
{
	count_received(row_after(c->ref, (int)c->a[0]), (int)c->a[0], bytes);
}

/* sendmmsg and recvmmsg answer messages. */
static long bytes_of(const struct mmsghdr *messages, long count)
{
	long bytes = count < 0 ? -1 : 0;

	for (long i = 0; i < count; i++)
		bytes += messages[i].msg_len;
	return bytes;
}

static void spliced(const struct numbered *c, long bytes)
{
	received(c, bytes);
	count_sent(row_after(c->over, (int)c->a[2]), (int)c->a[2], bytes);
}

/* Whatever makes, names or takes a descriptor away. */
static void record_numbered(const struct numbered *c, long result)
{
	const long *a = c->a;
	int fd = (int)a[0];

	switch (c->number) {
	case SYS_socket:
		record_socket((int)result, fd, (int)a[1], (int)a[2]);
		break;
	case SYS_socketpair:
		record_socketpair(pointer(a[3]), fd, (int)a[1], (int)a[2]);
		break;
	case SYS_accept:
		record_accept(fd, (int)result, 0);
		break;
	case SYS_accept4:
		record_accept(fd, (int)result, (int)a[3]);
		break;
	case SYS_bind:
		record_bind(fd, pointer(a[1]), (socklen_t)a[2]);
		break;
	case SYS_listen:
		record_listen(fd, (int)a[1]);
		break;
	case SYS_shutdown:
		record_shutdown(fd, (int)a[1]);
		break;
	case SYS_getsockname:
	case SYS_getpeername:
		record_named(fd, c->number == SYS_getpeername);
		break;
	case SYS_setsockopt:
		record_option(fd, (int)a[1], (int)a[2], pointer(a[3]), (socklen_t)a[4], false);
		break;
	case SYS_getsockopt:
		record_option(fd, (int)a[1], (int)a[2], pointer(a[3]), *(const socklen_t *)pointer(a[4]), true);
		break;
	case SYS_fcntl:
		if (c->ref)
			record_fcntl(fd, (int)a[1], a[2], (int)result, c->ref);
		break;
	case SYS_ioctl:
		if (c->ref)
			record_ioctl(fd, (unsigned long)a[1], pointer(a[2]));
		break;
	case SYS_dup:
		if (c->ref)
			record_duplicate(c->ref, (int)result, descriptor_ref((int)result), false);
		break;
	case SYS_dup2:
	case SYS_dup3:
		if (fd != (int)a[1] && (c->ref || c->over))
			record_duplicate(c->ref, (int)a[1], c->over,
					 c->number == SYS_dup3 && a[2] & O_CLOEXEC);
		break;
	case SYS_close_range:
		record_close_range((unsigned)a[0], (unsigned)a[1], (int)a[2], c->start_ns);
		break;
	case SYS_pidfd_getfd:
		record_found((int)result, ST_ORIGIN_SCM);
		break;
	case SYS_recvmsg:
		if (((struct msghdr *)pointer(a[1]))->msg_controllen)
			record_rights_received(c->ref ? row_of(c->ref) : NULL, pointer(a[1]));
		break;
	case SYS_clone:
	case SYS_clone3:
	case SYS_fork:
		if (!result)
			table_child();
		break;
	case SYS_unshare:
		if (fd & CLONE_FILES)
			record_unshared();
		break;
	}
}

/* Those that are told of failures as well. */
static void record_attempt(const struct numbered *c, long result)
{
	int error = result < 0 ? errno : 0;

	switch (c->number) {
	case SYS_connect:
		record_connect((int)c->a[0], &c->attempt, pointer(c->a[1]), (socklen_t)c->a[2],
			       error);
		break;
	case SYS_execve:
	case SYS_execveat:
		process_exec_failed();
		break;
	case SYS_close:
		record_closed((int)c->a[0], c->ref, error, ST_CLOSER_CLOSE);
		break;
	case SYS_sendto:
	case SYS_sendmsg:
	case SYS_write:
	case SYS_writev:
	case SYS_pwritev2:
	case SYS_sendfile:
		sent(c, result);
		break;
	case SYS_sendmmsg:
		sent(c, bytes_of(pointer(c->a[1]), result));
		break;
	case SYS_recvfrom:
		received(c, bytes_taken(result, (int)c->a[3], (size_t)c->a[2]));
		break;
	case SYS_recvmsg:
		received(c, bytes_taken(result, (int)c->a[2],
					result < 0 ? 0 : message_room(pointer(c->a[1]))));
		break;
	case SYS_recvmmsg:
		received(c, (int)c->a[3] & (MSG_PEEK | MSG_ERRQUEUE) && result >= 0 ? 0 :
			 bytes_of(pointer(c->a[1]), result));
		break;
	case SYS_read:
	case SYS_readv:
	case SYS_preadv2:
		received(c, result);
		break;
	case SYS_splice:
		spliced(c, result);
		break;
	}
}

static void look_before(struct numbered *c)
{
	const long *a = c->a;

	c->ref = descriptor_ref((int)a[0]);
	switch (c->number) {
	case SYS_dup2:
	case SYS_dup3:
		c->over = descriptor_ref((int)a[1]);
		break;
	case SYS_splice:
		c->over = descriptor_ref((int)a[2]);
		break;
	case SYS_connect:
		c->attempt = record_connecting((int)a[0], pointer(a[1]), (socklen_t)a[2]);
		break;
	case SYS_close_range:
		c->start_ns = clock_now();
		break;
	case SYS_close:
		if (c->ref)
			record_closing(c->ref, (int)a[0]);
		break;
	case SYS_execve:
	case SYS_execveat:
		process_execs();
		break;
	case SYS_exit_group:
		process_exited((int)a[0]);
		break;
	}
}

/* The argument that is a new program's environment; NULL: none is. */
static long *environment_of(struct numbered *c)
{
	return c->number == SYS_execve ? &c->a[2] : c->number == SYS_execveat ? &c->a[3] : NULL;
}

EXPORT long syscall(long number, ...)
{
	struct numbered c = { .number = number };
	va_list arguments;
	bool filter;
	long result;

	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		c.a[i] = va_arg(arguments, long);
	va_end(arguments);
	look_before(&c);
	if (environment_of(&c))
		*environment_of(&c) = (long)COMPLETE_ENVIRONMENT(pointer(*environment_of(&c)));
	filter = installs_filter(&c) && seccomp_begins();
	result = REAL(syscall)(number, c.a[0], c.a[1], c.a[2], c.a[3], c.a[4], c.a[5]);
	if (result < 0)
		seccomp_failed(filter);
	else
		record_numbered(&c, result);
	record_attempt(&c, result);
	return result;
}

EXPORT int prctl(int option, ...)
{
	unsigned long a[4];
	va_list arguments;
	bool filter;
	int result;

	va_start(arguments, option);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(arguments, unsigned long);
	va_end(arguments);
	filter = option == PR_SET_SECCOMP && seccomp_begins();
	result = REAL(prctl)(option, a[0], a[1], a[2], a[3]);
	if (result < 0)
		seccomp_failed(filter);
	else if (option == PR_SET_NAME)
		process_renamed((const char *)a[0]);
	return result;
}
