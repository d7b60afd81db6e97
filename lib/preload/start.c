/* SPDX-License-Identifier: MIT
 *
 * Here the module starts and ends in a process. Wrapped calls may come before this constructor
 * (other libraries have some) and after the exit handler: until it has run they pass through,
 * and nothing is taken down at the end.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "preload/calls.h"
#include "preload/clock.h"
#include "preload/kernel.h"
#include "preload/seccomp.h"
#include "preload/table.h"
#include "preload/text.h"

extern char __libc_single_threaded __attribute__((weak));
extern int on_exit(void (*)(int, void *), void *) __attribute__((weak));

/* SOCKTAB_VERBOSE has the pid of the process that is to speak (the program that socktab run
 * becomes, not its children), or 1 for all. */
static bool is_asked_to_speak(void)
{
	const char *who = environment_value(environ, "SOCKTAB_VERBOSE"), *end;
	uint64_t pid = who ? text_number(who, &end) : 0;

	return pid == 1 || (pid && pid == (uint64_t)kernel_getpid());
}

/* At most one line. */
static void say_why_not(int error)
{
	char line[1024];
	struct text text = TEXT(line);
	const char *directory = strchr(session_environment.directory, '=');
	const char *session = strchr(session_environment.session, '=');

	if (!is_asked_to_speak())
		return;
	text_add(&text, "socktab: this program is not recorded: session ");
	text_add(&text, session ? session + 1 : "?");
	text_add(&text, " in ");
	text_add(&text, directory ? directory + 1 : "?");
	text_add(&text, ": ");
	text_add(&text, error == -EPROTO ? "it is of another version or boot: socktab gc" :
		 error == -EPERM ? "it is not private to this user" :
		 error == -EFBIG ? "ulimit -f is smaller than a table" :
		 strerrordesc_np(-error));
	text_add(&text, "\n");
	kernel_write(2, line, text.len);
}

/* The last of all exit handlers, since it is the first to be registered. */
static void ended(int status, void *unused)
{
	(void)unused;
	process_exited(status);
}

__attribute__((constructor)) static void start(int argc, char **argv, char **environment)
{
	int error;

	(void)environment;
	resolve_calls();
	clock_find();
	kernel_quiet = environment_value(environ, "SOCKTAB_QUIET") != NULL;
	if (kernel_quiet)
		return;
	if (&__libc_single_threaded)
		table.single_threaded = &__libc_single_threaded;
	error = session_attach();
	if (error) {
		say_why_not(error);
		return;
	}
	process_started(argc, argv);
	if (on_exit)
		on_exit(ended, NULL);
}
