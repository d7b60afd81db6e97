/* SPDX-License-Identifier: MIT
 *
 * A socket made by an inline instruction is noticed when it is used.
 */
#include "loopback.h"

#include <sys/syscall.h>

/* What a Go program does: no libc is asked. */
static long inline_call(long number, long a, long b, long c)
{
	long result = -1;

#ifdef __x86_64__
	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
#else
	result = syscall(number, a, b, c);
#endif
	return result;
}

int main(void)
{
	int first = (int)MUST(inline_call(SYS_socket, AF_INET, SOCK_DGRAM, 0)), second;
	int third = (int)MUST(inline_call(SYS_socket, AF_INET, SOCK_STREAM, 0)), closed;

	MUST(bind_to_loopback(first));
	second = (int)MUST(dup(first));
	TELL(recv(third, &closed, 1, 0));
	checkpoint("adopted %d %d %d", first, second, third);
	MUST(inline_call(SYS_close, third, 0, 0));
	closed = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	TELL(closed == third);
	checkpoint("reused %d", closed);
	return 0;
}
