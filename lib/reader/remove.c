/* SPDX-License-Identifier: MIT
 *
 * Here we remove a session's file, and nothing else.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

#define YOUNG_NS INT64_C(10000000000)	/* its first process may still be on its way */

static bool is_young(const struct st_file *file, const struct st_vantage *vantage)
{
	uint64_t created = file->header.created_mono_ns;

	return vantage->same_boot && created <= (uint64_t)vantage->mono_ns &&
	       vantage->mono_ns - (int64_t)created < YOUNG_NS;
}

/* What cannot be read may live. Counted anew: the caller's figures may be old. */
static bool may_live(struct st_file *file)
{
	struct st_snapshot snapshot = { 0 };
	struct socktab_session session = { 0 };
	bool live = true;

	if (st_header_read(file, NULL) < 0)
		return true;
	st_vantage_take(&snapshot.vantage, &file->header);
	if (st_processes_read(file, &snapshot, NULL) == 0) {
		st_session_describe(&session, file, NULL, &snapshot);
		live = session.alive || session.unknown ||
		       (session.processes == 0 && is_young(file, &snapshot.vantage));
	}
	st_snapshot_free(&snapshot);
	return live;
}

/* The name still stands for the file that was looked at. */
static bool is_same(int directory, const char *name, int fd)
{
	struct stat named, opened;

	return fstatat(directory, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       fstat(fd, &opened) == 0 && named.st_dev == opened.st_dev &&
	       named.st_ino == opened.st_ino;
}

static int remove_file(int directory, const char *name, struct st_file *file, bool force,
		       struct socktab_error *error)
{
	if (!st_is_table(file->fd))
		return st_fail(error, EPROTO, "%s: is no session: left alone", file->path);
	if (!force && may_live(file))
		return 0;
	if (!is_same(directory, name, file->fd))
		return st_fail(error, EAGAIN, "%s: changed meanwhile: left alone", file->path);
	if (unlinkat(directory, name, 0) < 0)
		return st_fail(error, errno, "%s: cannot remove: %s", file->path,
			       strerror(errno));
	return 1;
}

static int remove_in(const char *path, const char *name, const char *whole, bool force,
		     struct socktab_error *error)
{
	struct st_file file = { .path = whole };
	int code, at = st_directory_open(path, true, error);

	if (at < 0)
		return at;
	file.fd = code = st_file_open(at, path, name, true, error);
	if (code >= 0) {
		code = remove_file(at, name, &file, force, error);
		close(file.fd);
	}
	close(at);
	return code;
}

int socktab_session_remove(const struct socktab_session *session, bool force,
			   struct socktab_error *error)
{
	const char *slash = memrchr(session->path, '/', strnlen(session->path, PATH_MAX - 1));
	char path[PATH_MAX];

	if (!slash || !slash[1])
		return st_fail(error, EINVAL, "%.64s: is no session's path", session->path);
	snprintf(path, sizeof path, "%.*s", (int)(slash - session->path), session->path);
	return remove_in(*path ? path : "/", slash + 1, session->path, force, error);
}
