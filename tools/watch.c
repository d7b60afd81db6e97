/* SPDX-License-Identifier: MIT
 *
 * Here we keep a picture fresh. No signal handler: the signals that matter stay blocked, and the
 * pause between two pictures waits for them.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "complain.h"
#include "watch.h"

#define ENTER	"\033[?1049h\033[?25l"	/* the other screen, no cursor */
#define LEAVE	"\033[?25h\033[?1049l"
#define HOME	"\033[H"
#define CLEAR_LINE "\033[K"
#define CLEAR_BELOW "\033[J"

void watch_set(void *seconds, const char *arg)
{
	char *end = NULL;
	double value = arg ? strtod(arg, &end) : 1;

	if (arg && (*end || !(value >= 0.05 && value <= 86400)))
		wrong_usage("'%s' is no number of seconds of 0.05 to 86400", arg);
	*(double *)seconds = value;
}

static sigset_t watched_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTSTP);
	sigaddset(&set, SIGWINCH);
	return set;
}

static struct winsize screen_size(void)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	return size;
}

/* As many lines as fit; the last one of the picture always does. */
static void show_lines(const char *picture, unsigned int rows)
{
	size_t lines = 0, line = 0;

	for (const char *c = picture; *c; c++)
		lines += *c == '\n';
	fputs(HOME, stdout);
	for (const char *end; *picture; picture = end + 1, line++) {
		end = strchrnul(picture, '\n');
		if (lines < rows || line + 2 < rows || line + 1 == lines)
			printf("%.*s" CLEAR_LINE "%s", (int)(end - picture), picture,
			       line + 1 == lines ? "" : "\n");
		else if (line + 2 == rows)
			printf("... %zu more" CLEAR_LINE "\n", lines - rows + 1);
		if (!*end)
			break;
	}
	fputs(CLEAR_BELOW, stdout);
	fflush(stdout);
}

static int draw_in_place(const struct watch *watch, struct socktab_error *error)
{
	struct winsize size = screen_size();
	char *picture = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&picture, &len);
	int status;

	if (!out)
		abort();
	status = watch->draw(watch->what, out, size.ws_col, error);
	fclose(out);
	if (status >= 0)
		show_lines(picture, size.ws_row);
	free(picture);
	return status;
}

static int draw(const struct watch *watch, struct socktab_error *error)
{
	int status;

	if (watch->in_place)
		return draw_in_place(watch, error);
	status = watch->draw(watch->what, stdout, 0, error);
	if (fflush(stdout) == EOF) {
		snprintf(error->text, sizeof(error->text), "standard output: %s", strerror(errno));
		return -errno;
	}
	return status;
}

static void screen(const struct watch *watch, const char *sequence)
{
	if (!watch->in_place)
		return;
	fputs(sequence, stdout);
	fflush(stdout);
}

/* As if nobody had caught it. */
static void take_signal(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

static int pause_until_signal(const struct watch *watch, const sigset_t *set)
{
	struct timespec pause = {
		.tv_sec = (time_t)watch->seconds,
		.tv_nsec = (long)((watch->seconds - (double)(time_t)watch->seconds) * 1e9),
	};

	return sigtimedwait(set, NULL, &pause);
}

int watch_run(const struct watch *watch)
{
	sigset_t set = watched_signals(), old;
	struct socktab_error error;
	int status, number = 0;

	sigprocmask(SIG_BLOCK, &set, &old);
	screen(watch, ENTER);
	while ((status = draw(watch, &error)) >= 0) {
		number = pause_until_signal(watch, &set);
		if (number <= 0 || number == SIGWINCH)
			continue;
		if (number != SIGTSTP)
			break;
		screen(watch, LEAVE);
		take_signal(SIGTSTP);
		screen(watch, ENTER);
	}
	screen(watch, LEAVE);
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (status < 0) {
		complain("%s", error.text);
		return STATUS_FAILED;
	}
	/* Ctrl-C is how a watch ends well. */
	if (number > 0 && number != SIGINT)
		raise(number);
	return number == SIGINT ? STATUS_OK : status;
}
