/* SPDX-License-Identifier: MIT
 *
 * execvp of a script without #!: libc runs the shell, which keeps the sockets.
 */
#include "loopback.h"

int main(void)
{
	static const char text[] = "echo @script; read line; exit 3\n";
	char path[64], *arguments[] = { path, NULL };
	int fd = tcp_listener(2), file;

	snprintf(path, sizeof(path), "./.script-%d", getpid());
	file = (int)MUST(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700));
	MUST(write(file, text, sizeof(text) - 1));
	MUST(close(file));
	checkpoint("before %d", fd);
	execvp(path, arguments);
	return 1;
}
