/* SPDX-License-Identifier: MIT
 *
 * A process is killed and its pid given to another one, which becomes another program.
 */
#include "loopback.h"

#include <signal.h>
#include <sys/wait.h>

/* A start is told in hundredths of a second: within one, two processes of a pid look like one. */
enum { TRIES = 200, START_US = 30000 };

/* Others may be faster: then it is another pid. */
static pid_t fork_as(pid_t wanted)
{
	char text[16];
	int file = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
	int length = snprintf(text, sizeof(text), "%d", wanted - 1);

	if (file < 0 || write(file, text, (size_t)length) != length)
		skip("pids cannot be chosen");
	MUST(close(file));
	return (pid_t)MUST(fork());
}

static void become(char *program, int kept, int closing)
{
	char number[2][16];

	snprintf(number[0], sizeof(number[0]), "%d", kept);
	snprintf(number[1], sizeof(number[1]), "%d", closing);
	execl(program, program, number[0], number[1], (char *)NULL);
	_exit(1);
}

int main(int argc, char **argv)
{
	int kept, closing, status;
	pid_t first, second = 0;

	if (argc > 2) {
		checkpoint("image %d %d %d", getpid(), atoi(argv[1]), atoi(argv[2]));
		return 6;
	}
	kept = tcp_listener(3);
	closing = (int)MUST(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
	first = (pid_t)MUST(fork());
	if (!first)
		_exit(raise(SIGKILL));
	MUST(waitpid(first, &status, 0));
	usleep(START_US);
	for (int i = 0; i < TRIES && second != first; i++) {
		second = fork_as(first);
		if (!second && getpid() == first)
			become(argv[0], kept, closing);
		if (!second)
			_exit(0);
		MUST(waitpid(second, &status, 0));
	}
	if (second != first)
		skip("others were always faster");
	say("status %#x", status);
	checkpoint("over %d %d", kept, closing);
	return 0;
}
