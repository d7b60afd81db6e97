/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that run programs: the program finds the session in its environment,
 * whatever its starter did with it.
 */
#include "config.h"

#include <stdarg.h>
#include <stdint.h>

#include "preload/calls.h"
#include "preload/environment.h"
#include "preload/table.h"

/* Runs `call`, which comes back only when it failed. */
#define EXEC(call) __extension__ ({ \
	int failed_; \
	process_execs(); \
	failed_ = (call); \
	process_exec_failed(); \
	failed_; })

EXPORT int execve(const char *path, char *const argv[], char *const environment[])
{
	char **complete = COMPLETE_ENVIRONMENT(environment);

	return EXEC(REAL(execve)(path, argv, complete));
}

EXPORT int execv(const char *path, char *const argv[])
{
	char **complete = COMPLETE_ENVIRONMENT(environ);

	if (complete == environ)
		return EXEC(REAL(execv)(path, argv));
	return EXEC(REAL(execve)(path, argv, complete));
}

EXPORT int execvpe(const char *file, char *const argv[], char *const environment[])
{
	char **complete = COMPLETE_ENVIRONMENT(environment);

	return EXEC(REAL(execvpe)(file, argv, complete));
}

EXPORT int execvp(const char *file, char *const argv[])
{
	char **complete = COMPLETE_ENVIRONMENT(environ);

	if (complete == environ)
		return EXEC(REAL(execvp)(file, argv));
	return EXEC(REAL(execvpe)(file, argv, complete));
}

EXPORT int fexecve(int fd, char *const argv[], char *const environment[])
{
	char **complete = COMPLETE_ENVIRONMENT(environment);

	return EXEC(REAL(fexecve)(fd, argv, complete));
}

#ifdef HAVE_EXECVEAT
EXPORT int execveat(int dir, const char *path, char *const argv[], char *const environment[],
		    int flags)
{
	char **complete = COMPLETE_ENVIRONMENT(environment);

	return EXEC(REAL(execveat)(dir, path, argv, complete, flags));
}
#endif

/* The list forms become vectors on the stack, as in libc. Leaves `next` after the NULL. */
#define VECTOR(argv, first, next) \
	do { \
		va_list counting_; \
		size_t count_ = 1; \
		va_copy(counting_, next); \
		while (va_arg(counting_, char *)) \
			count_++; \
		va_end(counting_); \
		argv = __builtin_alloca((count_ + 1) * sizeof(char *)); \
		argv[0] = (char *)(uintptr_t)first; \
		for (size_t i_ = 1; i_ <= count_; i_++) \
			argv[i_] = va_arg(next, char *); \
	} while (0)

EXPORT int execl(const char *path, const char *first, ...)
{
	char **argv, **complete;
	va_list next;

	va_start(next, first);
	VECTOR(argv, first, next);
	va_end(next);
	complete = COMPLETE_ENVIRONMENT(environ);
	return EXEC(REAL(execve)(path, argv, complete));
}

EXPORT int execlp(const char *file, const char *first, ...)
{
	char **argv, **complete;
	va_list next;

	va_start(next, first);
	VECTOR(argv, first, next);
	va_end(next);
	complete = COMPLETE_ENVIRONMENT(environ);
	return EXEC(REAL(execvpe)(file, argv, complete));
}

EXPORT int execle(const char *path, const char *first, ...)
{
	char **argv, **complete;
	char *const *environment;
	va_list next;

	va_start(next, first);
	VECTOR(argv, first, next);
	environment = va_arg(next, char *const *);
	va_end(next);
	complete = COMPLETE_ENVIRONMENT(environment);
	return EXEC(REAL(execve)(path, argv, complete));
}

/* ------------------------------------------------------------------------- posix_spawn --- */

/* libc forks and executes inside itself; what the file actions do to descriptors happens in the
 * child alone, whose new program looks around when it starts.
 *
 * Each function exists twice in libc: the version of before glibc 2.15 runs a file that is no
 * program by the shell, and programs that were linked then still ask for it. So these four, alone
 * among our exports, have libc's version names (exports.map), and each forwards to its own kind. */
#define SPAWN(function, version, real) \
	int function(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, \
		     const posix_spawnattr_t *attributes, char *const argv[], \
		     char *const environment[]); \
	EXPORT int function(pid_t *pid, const char *path, \
			    const posix_spawn_file_actions_t *actions, \
			    const posix_spawnattr_t *attributes, char *const argv[], \
			    char *const environment[]) \
	{ \
		char **complete = COMPLETE_ENVIRONMENT(environment); \
	\
		return REAL(real)(pid, path, actions, attributes, argv, complete); \
	} \
	__asm__(".symver " #function ", " version)

SPAWN(posix_spawn_new, "posix_spawn@@@GLIBC_2.15", posix_spawn);
SPAWN(posix_spawnp_new, "posix_spawnp@@@GLIBC_2.15", posix_spawnp);
SPAWN(posix_spawn_old, "posix_spawn@GLIBC_2.2.5", posix_spawn_old);
SPAWN(posix_spawnp_old, "posix_spawnp@GLIBC_2.2.5", posix_spawnp_old);
