/* SPDX-License-Identifier: MIT
 *
 * Here we run a command and stay its parent. Signals are blocked and waited for: no handler.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "complain.h"

int child_exec(char **argv)
{
	execvp(argv[0], argv);
	fail(errno, "%s", argv[0]);
	return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
}

static sigset_t taken_signals(void)
{
	static const int numbers[] = {
		SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGTSTP, SIGTTIN,
		SIGTTOU, SIGCONT, SIGWINCH, SIGCHLD,
	};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaddset(&set, numbers[i]);
	return set;
}

/* What the terminal sent, it sent to the child too. */
static void pass_on(pid_t pid, const siginfo_t *info)
{
	if (info->si_code <= 0 || info->si_signo == SIGCONT)
		kill(pid, info->si_signo);
}

/* As if nobody had blocked it. */
static void take_signal(int number)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, old;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	sigaction(number, &plain, &old);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(number, &old, NULL);
}

/* The shell has to see that its job stopped; it wakes both of us, or only us. */
static void stop_like(pid_t pid, int number)
{
	take_signal(number);
	kill(pid, SIGCONT);
}

/* True when the child has ended; *status says how. */
static int has_ended(pid_t pid, int *status)
{
	pid_t got;

	while ((got = waitpid(pid, status, WNOHANG | WUNTRACED)) == pid) {
		if (!WIFSTOPPED(*status))
			return 1;
		stop_like(pid, WSTOPSIG(*status));
	}
	return got < 0 && errno != EINTR ? -errno : 0;
}

static int wait_for(pid_t pid, const sigset_t *set)
{
	int status, ended;

	while ((ended = has_ended(pid, &status)) == 0) {
		siginfo_t info;

		if (sigwaitinfo(set, &info) > 0 && info.si_signo != SIGCHLD)
			pass_on(pid, &info);
	}
	return ended < 0 ? ended : status;
}

int child_run(char **argv)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, old_action;
	sigset_t set = taken_signals(), old_set;
	pid_t pid;

	/* An ignored SIGCHLD would take the status away. */
	sigaction(SIGCHLD, &plain, &old_action);
	sigprocmask(SIG_BLOCK, &set, &old_set);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		sigaction(SIGCHLD, &old_action, NULL);
		sigprocmask(SIG_SETMASK, &old_set, NULL);
		_exit(child_exec(argv));
	}
	return wait_for(pid, &set);
}

void child_end_like(int wait_status)
{
	const struct rlimit no_core = { 0, 0 };

	if (!WIFSIGNALED(wait_status))
		exit(WEXITSTATUS(wait_status));
	/* The child has written the core that there may be. */
	setrlimit(RLIMIT_CORE, &no_core);
	take_signal(WTERMSIG(wait_status));
	exit(128 + WTERMSIG(wait_status));
}
