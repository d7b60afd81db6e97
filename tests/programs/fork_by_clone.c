/* SPDX-License-Identifier: MIT
 *
 * A child made by clone, by its number and by an inline instruction: no fork was called.
 */
#include "loopback.h"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static int fd;

static int child(void *how)
{
	int mine = udp_bound();

	checkpoint("%s %d %d %d", (const char *)how, getpid(), fd, mine);
	MUST(close(fd));
	checkpoint("closed %d %d %d", getpid(), fd, mine);
	_exit(0);
}

static long inline_clone(void)
{
	long result = SYS_clone;

#ifdef __x86_64__
	register long tls __asm__("r8") = 0, child_tid __asm__("r10") = 0;

	__asm__ volatile("syscall" : "+a"(result)
			 : "D"((long)SIGCHLD), "S"(0L), "d"(0L), "r"(child_tid), "r"(tls)
			 : "rcx", "r11", "memory");
#else
	result = syscall(result, SIGCHLD, 0, 0, 0, 0);
#endif
	return result;
}

int main(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	static char name[] = "clone";

	fd = udp_bound();
	MUST(clone(child, stack + sizeof(stack), SIGCHLD, name));
	MUST(wait(NULL));
	if (!MUST(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)))
		child((char[]){ "number" });
	MUST(wait(NULL));
	if (!MUST(inline_clone()))
		child((char[]){ "inline" });
	MUST(wait(NULL));
	checkpoint("kept %d", fd);
	return 0;
}
