/* SPDX-License-Identifier: MIT
 *
 * Shells that libc starts hold the sockets of the program while they run.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(2), closing = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	FILE *shell;

	TELL(system("exit 3"));
	shell = popen("read line; exit 4", "w");
	checkpoint("shell %d %d", fd, closing);
	MUST(fputs("go\n", shell));
	TELL(pclose(shell));
	checkpoint("kept %d %d", fd, closing);
	return 0;
}
