/* SPDX-License-Identifier: MIT
 *
 * The strictest seccomp mode: read, write and exit, or death.
 */
#include "loopback.h"

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int main(void)
{
	int pair[2];
	char bytes[8];

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));
	for (int i = 0; i < 1000; i++) {
		MUST(write(pair[0], "strict", 6));
		MUST(read(pair[1], bytes, 6));
	}
	checkpoint("strict %d %d", pair[0], pair[1]);
	syscall(SYS_exit, 4);
	return 0;
}
