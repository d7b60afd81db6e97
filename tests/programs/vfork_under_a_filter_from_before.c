/* SPDX-License-Identifier: MIT
 *
 * A program starts under a filter that kills for getpid; its child of vfork becomes another one.
 */
#include "filter.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
	int status;
	pid_t child;

	if (argc < 2) {
		MUST(filter_call(SYS_getpid));
		execl(argv[0], argv[0], "filtered", (char *)NULL);
		return 1;
	}
	child = vfork();
	if (!child) {
		close(socket(AF_INET, SOCK_STREAM, 0));
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	MUST(waitpid(child, &status, 0));
	say("status %#x", status);
	checkpoint("alive %d", tcp_listener(1));
	return 0;
}
