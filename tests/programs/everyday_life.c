/* SPDX-License-Identifier: MIT
 *
 * What a program does all day, for runs in places where nothing can be recorded.
 */
#include "loopback.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
	int pair[2], copy, status;
	char bytes[8];
	pid_t child;

	if (argc > 1) {
		checkpoint("image %d", getpid());
		TELL(socket(AF_INET, SOCK_STREAM, 0));
		return 8;
	}
	tcp_pair(pair);
	copy = (int)TELL(dup(pair[0]));
	TELL(send(copy, "x", 1, 0));
	TELL(recv(pair[1], bytes, sizeof(bytes), 0));
	child = (pid_t)MUST(fork());
	if (!child) {
		TELL(send(pair[0], "from a child", 12, 0));
		checkpoint("child %d", getpid());
		execl(argv[0], argv[0], "image", (char *)NULL);
		_exit(7);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	TELL(close(copy));
	for (int i = 0; i < 100; i++)
		copy = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
	checkpoint("open %d %d %d", pair[0], pair[1], copy);
	return 0;
}
