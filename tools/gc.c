/* SPDX-License-Identifier: MIT
 *
 * Here we clear away sessions whose processes are all gone: socktab gc.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "complain.h"
#include "socktab.h"
#include "units.h"
#include "view.h"

/* What is younger may still be on its way into a session. */
#define YOUNG_S 60

struct gc {
	bool dry, quiet, verbose;
	size_t removed, kept, failed;
};

extern const struct command gc_command;

/* NULL: nothing speaks for it. */
static const char *reason_to_keep(const struct socktab_session *session)
{
	int64_t age = (int64_t)time(NULL) - session->created_at_ns / NS_PER_S;

	if (!session->major)
		return "cannot be read";
	if (session->alive)
		return "in use";
	if (session->unknown)
		return "may be in use in another pid namespace";
	if (!session->processes && session->same_boot && age < YOUNG_S)
		return "new";
	return NULL;
}

static void tell(const struct gc *gc, const char *what, const char *name, const char *why)
{
	if (!gc->quiet)
		printf("%s %s%s%s\n", what, name, why ? ": " : "", why ? why : "");
}

static void keep(struct gc *gc, const struct socktab_session *session, const char *why)
{
	gc->kept++;
	if (gc->verbose)
		tell(gc, "kept", session->name, why);
}

static void collect(struct gc *gc, const struct socktab_session *session)
{
	const char *why = reason_to_keep(session);
	struct socktab_error error;
	int answer = 1;

	if (why) {
		keep(gc, session, why);
		return;
	}
	if (!gc->dry)
		answer = socktab_session_remove(session, false, &error);
	if (answer < 0) {
		complain("%s", error.text);
		gc->failed++;
	} else if (answer == 0) {
		keep(gc, session, "in use");
	} else {
		gc->removed++;
		tell(gc, gc->dry ? "would remove" : "removed", session->name, NULL);
	}
}

/* --- what was left behind beside the sessions */

/* ".NAME.RANDOM": a session whose creator died before it was in place. */
static bool is_old_temporary(const char *name, const struct stat *st)
{
	return S_ISREG(st->st_mode) && name[0] == '.' && name[1] && name[1] != '.' &&
	       strrchr(name, '.') != name && st->st_uid == geteuid() &&
	       st->st_mtime + YOUNG_S < time(NULL);
}

/* ".module-HASH": a link to a module; of use as long as there is a session. */
static bool is_old_link(const struct gc *gc, const char *name, const struct stat *st)
{
	return S_ISLNK(st->st_mode) && !strncmp(name, ".module-", 8) && !gc->kept &&
	       st->st_mtime + YOUNG_S < time(NULL);
}

static void sweep_one(struct gc *gc, int directory, const char *name)
{
	struct stat st;

	if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    !(is_old_temporary(name, &st) || is_old_link(gc, name, &st)))
		return;
	if (!gc->dry && unlinkat(directory, name, 0) < 0) {
		fail(errno, "%s", name);
		gc->failed++;
		return;
	}
	tell(gc, gc->dry ? "would remove" : "removed", name, "left over");
}

static int sweep(struct gc *gc)
{
	char path[PATH_MAX];
	int answer = socktab_directory(path, sizeof(path));
	struct dirent *entry;
	DIR *directory;

	if (answer < 0)
		return fail(answer, "the directory of sessions");
	directory = opendir(path);
	if (!directory)
		return errno == ENOENT ? STATUS_OK : fail(errno, "%s", path);
	while ((entry = readdir(directory)))
		sweep_one(gc, dirfd(directory), entry->d_name);
	closedir(directory);
	return STATUS_OK;
}

static int collect_all(struct gc *gc)
{
	struct socktab_session *sessions = NULL;
	struct socktab_error error;
	int count = socktab_sessions(NULL, &sessions, &error), status;

	if (count < 0) {
		complain("%s", error.text);
		return STATUS_FAILED;
	}
	for (int i = 0; i < count; i++)
		collect(gc, &sessions[i]);
	free(sessions);
	status = sweep(gc);
	if (!gc->quiet)
		printf("%zu session%s %s, %zu kept\n", gc->removed, plural(gc->removed),
		       gc->dry ? "would be removed" : "removed", gc->kept);
	return gc->failed ? STATUS_FAILED : status;
}

static int run(int argc, char **argv)
{
	struct gc gc = { 0 };

	options_end(&gc_command, argc, argv, options_parse(&gc_command, &gc, argc, argv));
	return collect_all(&gc);
}

static const struct option_entry own_options[] = {
	{ 'n', "dry-run", NULL, "remove nothing, say what would be removed",
	  option_true, offsetof(struct gc, dry), WORDS_ANY },
	{ 'q', "quiet", NULL, "say nothing", option_true, offsetof(struct gc, quiet), WORDS_ANY },
	{ 'v', "verbose", NULL, "say also what is kept, and why",
	  option_true, offsetof(struct gc, verbose), WORDS_ANY },
	{ 0 }
};

static const struct option_group groups[] = {
	{ own_options, 0 },
	{ 0 }
};

const struct command gc_command = {
	.name = "gc",
	.operands = "",
	.summary = "remove sessions whose processes are all gone",
	.run = run,
	.groups = groups,
};
