/* SPDX-License-Identifier: MIT
 *
 * A kernel that refuses the module: linked into a variant of it, around kernel_call (ld's --wrap).
 * SOCKTAB_FAULT=NUMBER:NTH:ERRNO:FILE makes the NTH system call of that number fail that the
 * module makes in this program, and NTH 0 every one. Each refusal adds a byte to FILE.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "atomic.h"

long __real_kernel_call(long number, long a, long b, long c, long d, long e, long f);
long __wrap_kernel_call(long number, long a, long b, long c, long d, long e, long f);

static struct {
	long number, nth, error;
	char path[256];
} fault = { .number = -1 };
static uint32_t calls;

static long next_number(char **at)
{
	long number = strtol(*at, at, 10);

	*at += **at == ':';
	return number;
}

/* Before the module's own constructor. */
__attribute__((constructor(101))) static void read_the_environment(void)
{
	char *at = getenv("SOCKTAB_FAULT");

	if (!at)
		return;
	fault.number = next_number(&at);
	fault.nth = next_number(&at);
	fault.error = next_number(&at);
	strncpy(fault.path, at, sizeof(fault.path) - 1);
}

static bool is_due(long number)
{
	uint32_t nth;

	if (number != fault.number)
		return false;
	nth = add_relaxed(&calls, 1) + 1;
	return !fault.nth || fault.nth == nth;
}

static void note(void)
{
	int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
	long fd = __real_kernel_call(SYS_openat, AT_FDCWD, (long)fault.path, flags, 0600, 0, 0);

	if (fd < 0)
		return;
	__real_kernel_call(SYS_write, fd, (long)"x", 1, 0, 0, 0);
	__real_kernel_call(SYS_close, fd, 0, 0, 0, 0, 0);
}

/* close(2) fails and closes all the same. */
long __wrap_kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
	if (!is_due(number))
		return __real_kernel_call(number, a, b, c, d, e, f);
	note();
	if (number == SYS_close)
		__real_kernel_call(number, a, b, c, d, e, f);
	return -fault.error;
}
