/* SPDX-License-Identifier: MIT
 *
 * Each function that execs, with nothing in the environment.
 */
#include "loopback.h"

#include <sys/syscall.h>

extern char **environ;

static void run(const char *how, char *program, char **arguments)
{
	static char *nothing[] = { NULL }, word[] = "after";
	int self = (int)MUST(open(program, O_RDONLY | O_CLOEXEC));

	clearenv();
	if (!strcmp(how, "execve"))
		execve(program, arguments, nothing);
	if (!strcmp(how, "execve-null"))
		execve(program, arguments, NULL);
	if (!strcmp(how, "execle"))
		execle(program, program, word, arguments[2], (char *)NULL, nothing);
	if (!strcmp(how, "execvpe"))
		execvpe(program, arguments, nothing);
	if (!strcmp(how, "fexecve"))
		fexecve(self, arguments, nothing);
	if (!strcmp(how, "execveat"))
		execveat(self, "", arguments, nothing, AT_EMPTY_PATH);
	if (!strcmp(how, "execl"))
		execl(program, program, word, arguments[2], (char *)NULL);
	if (!strcmp(how, "execlp"))
		execlp(program, program, word, arguments[2], (char *)NULL);
	environ = nothing;
	if (!strcmp(how, "execv"))
		execv(program, arguments);
	if (!strcmp(how, "execvp"))
		execvp(program, arguments);
	if (!strcmp(how, "syscall"))
		syscall(SYS_execve, program, arguments, nothing);
}

int main(int argc, char **argv)
{
	char number[16], word[] = "after";
	char *arguments[] = { argv[0], word, number, NULL };

	if (argc > 2) {
		checkpoint("after %s %ld", argv[2], MUST(socket(AF_INET, SOCK_DGRAM, 0)));
		return 0;
	}
	snprintf(number, sizeof(number), "%d", tcp_listener(5));
	run(argv[1], argv[0], arguments);
	return 1;
}
