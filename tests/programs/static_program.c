/* SPDX-License-Identifier: MIT
 *
 * A program without libc or loader, which makes a socket: nothing can be preloaded into it.
 * Built with -static -nostdlib.
 */
#include <sys/socket.h>
#include <sys/syscall.h>

static long call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return result;
}

__attribute__((noreturn, used, force_align_arg_pointer)) void _start(void);
void _start(void)
{
	char byte = 0;

	call(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	call(SYS_write, 1, (long)"@static\n", 8);
	while (byte != '\n' && call(SYS_read, 0, (long)&byte, 1) == 1)
		;
	for (;;)
		call(SYS_exit_group, 6, 0, 0);
}
