/* SPDX-License-Identifier: MIT
 *
 * An exec that fails leaves everything as it was.
 */
#include "loopback.h"

int main(int argc, char **argv)
{
	char *nothing[] = { NULL };
	int fd = tcp_listener(2);
	int closing = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));

	(void)argc;
	TELL(execve("/nonexistent/program", argv, nothing));
	TELL(execve("/dev/null", argv, NULL));
	TELL(execv("/", argv));
	TELL(execvp("no-such-program-anywhere", argv));
	TELL(execl("", "", (char *)NULL));
	TELL(execve(argv[0], nowhere(), nothing));
	TELL(execve(argv[0], argv, nowhere()));
	checkpoint("unharmed %d %d", fd, closing);
	return 0;
}
