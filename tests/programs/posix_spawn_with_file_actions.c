/* SPDX-License-Identifier: MIT
 *
 * A spawned program gets a socket on a number of its own; others are closed for it.
 */
#include "loopback.h"

#include <spawn.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	char *arguments[] = { argv[0], (char[]){ "image" }, NULL };
	char *no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	int fd, other, status;
	pid_t child;

	if (argc > 1) {
		checkpoint("image %d %d", getpid(), 40);
		return 6;
	}
	fd = tcp_listener(2);
	other = udp_bound();
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, 40);
	posix_spawn_file_actions_addclose(&actions, fd);
	posix_spawn_file_actions_addclose(&actions, other);
	MUST(-posix_spawn(&child, argv[0], &actions, NULL, arguments, no_environment));
	MUST(waitpid(child, &status, 0));
	say("status %d", WEXITSTATUS(status));
	MUST(-posix_spawnp(&child, argv[0], &actions, NULL, arguments, no_environment));
	MUST(waitpid(child, &status, 0));
	say("status %d", WEXITSTATUS(status));
	TELL(posix_spawn(&child, "/nonexistent/program", &actions, NULL, arguments,
			 no_environment));
	posix_spawn_file_actions_destroy(&actions);
	checkpoint("kept %d %d", fd, other);
	return 0;
}
