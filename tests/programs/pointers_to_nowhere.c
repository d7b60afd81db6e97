/* SPDX-License-Identifier: MIT
 *
 * Pointers that are none: to follow them is the kernel's business, which answers EFAULT. Of pages
 * that may not be read only those calls are made of which the module reads nothing beforehand.
 */
#include "loopback.h"

#include <sys/mman.h>
#include <sys/syscall.h>

static struct sockaddr_storage address;
static int udp, tcp, listener;

static void name(socklen_t *size)
{
	TELL(getsockname(udp, SA(&address), size));
	TELL(getsockname(-1, SA(&address), size));
	TELL(getpeername(tcp, SA(&address), size));
	TELL(accept(listener, SA(&address), size));
	TELL(accept4(listener, SA(&address), size, 0));
	TELL(getsockopt(udp, SOL_SOCKET, SO_TYPE, &address, size));
	TELL(syscall(SYS_getsockname, udp, &address, size));
	TELL(syscall(SYS_getpeername, tcp, &address, size));
	TELL(syscall(SYS_accept, listener, &address, size));
}

static void move(void *nothing)
{
	char bytes[8];

	TELL(recvfrom(udp, bytes, sizeof(bytes), MSG_DONTWAIT, SA(&address), nothing));
	TELL(recvmsg(udp, nothing, MSG_DONTWAIT));
	TELL(recvmmsg(udp, nothing, 1, MSG_DONTWAIT, NULL));
	TELL(sendmsg(tcp, nothing, MSG_FASTOPEN));
	TELL(sendmmsg(udp, nothing, 1, 0));
	TELL(syscall(SYS_recvmsg, udp, nothing, MSG_DONTWAIT));
	TELL(syscall(SYS_sendmsg, udp, nothing, 0));
}

static void choose(void *nothing)
{
	TELL(connect(udp, nothing, sizeof(address)));
	TELL(bind(udp, nothing, sizeof(address)));
	TELL(setsockopt(udp, SOL_SOCKET, SO_REUSEADDR, nothing, sizeof(int)));
	TELL(socketpair(AF_UNIX, SOCK_STREAM, 0, nothing));
}

int main(void)
{
	char *const arguments[] = { (char []){ "true" }, NULL };
	void *last = (void *)~7L;
	void *forbidden = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	udp = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	tcp = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	listener = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	MUST(bind_to_loopback(listener));
	MUST(listen(listener, 1));
	name(NULL);
	name(nowhere());
	name(last);
	name(forbidden);
	move(NULL);
	move(nowhere());
	move(last);
	choose(NULL);
	choose(nowhere());
	choose(last);
	choose(forbidden);
	TELL(execve("/bin/true", arguments, nowhere()));
	TELL(execve("/bin/true", arguments, last));
	checkpoint("refused %d %d %d", udp, tcp, listener);
	return 0;
}
