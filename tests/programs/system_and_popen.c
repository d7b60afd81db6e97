/* SPDX-License-Identifier: MIT
 *
 * Shells that libc starts hold the sockets of the program while they run.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(2);
	int closing = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	char command[64], byte;
	FILE *shell;
	int ready[2];

	TELL(system("exit 3"));
	MUST(pipe(ready));
	snprintf(command, sizeof(command), "echo >&%d; read line; exit 4", ready[1]);
	shell = popen(command, "w");
	MUST(read(ready[0], &byte, 1));
	checkpoint("shell %d %d", fd, closing);
	MUST(fputs("go\n", shell));
	TELL(pclose(shell));
	checkpoint("kept %d %d", fd, closing);
	return 0;
}
