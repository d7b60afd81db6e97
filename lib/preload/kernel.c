/* SPDX-License-Identifier: MIT
 *
 * Here we make a raw system call, or none when the program has locked itself in.
 */
#include "config.h"

#include "preload/kernel.h"

int kernel_quiet;

#if defined(__x86_64__)

long kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	if (__builtin_expect(kernel_is_quiet(), 0))
		return -ENOSYS;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#else
#error "Another machine: write its kernel_call here and its vfork in vfork.S; see HACKING."
#endif
