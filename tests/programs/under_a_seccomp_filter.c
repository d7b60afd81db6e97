/* SPDX-License-Identifier: MIT
 *
 * A filter that kills at every call but those that the program makes.
 */
#include "loopback.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define ALLOW(call) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), \
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter filter[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
	ALLOW(SYS_read), ALLOW(SYS_write), ALLOW(SYS_sendto), ALLOW(SYS_recvfrom),
	ALLOW(SYS_close), ALLOW(SYS_socket), ALLOW(SYS_dup2), ALLOW(SYS_bind),
	ALLOW(SYS_accept), ALLOW(SYS_exit_group),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
};

int main(int argc, char **argv)
{
	struct sock_fprog program = { sizeof(filter) / sizeof(*filter), filter };
	int pair[2], listener = tcp_listener(1), fd, accepted;
	char bytes[8];

	tcp_pair(pair);
	MUST(tcp_client(port_of(listener)));
	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	if (argc > 1 && !strcmp(argv[1], "syscall"))
		MUST(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
	else
		MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
	for (int i = 0; i < 1000; i++) {
		MUST(send(pair[0], "quiet", 5, 0));
		MUST(recv(pair[1], bytes, 5, 0));
	}
	accepted = (int)MUST(accept(listener, NULL, NULL));
	MUST(close(pair[1]));
	fd = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	MUST(bind_to_loopback(fd));
	MUST(dup2(fd, pair[0]));
	checkpoint("filtered %d %d %d %d", fd, pair[0], pair[1], accepted);
	return 4;
}
