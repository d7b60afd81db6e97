/* SPDX-License-Identifier: MIT
 *
 * Here we find the directory of sessions and open what is in it, when it is private to us.
 *
 * Sessions may live in a directory below one that everybody can write to (/dev/shm), so its
 * name proves nothing: somebody else may have made it first, or a link.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

static const char *environment(const char *name)
{
	const char *value = secure_getenv(name);

	return value && *value ? value : NULL;
}

int socktab_directory(char *buf, size_t size)
{
	const char *value;
	int n;

	if ((value = environment("SOCKTAB_DIR")))
		n = snprintf(buf, size, "%s", value);
	else if ((value = environment("XDG_RUNTIME_DIR")))
		n = snprintf(buf, size, "%s/socktab", value);
	else
		n = snprintf(buf, size, "/dev/shm/socktab-%u", (unsigned)geteuid());
	return n < 0 || (size_t)n >= size ? -ENAMETOOLONG : 0;
}

/* The owner and the mode: nobody else can have put something there. */
static int check_private(const struct stat *st, const char *what, const char *path, bool foreign,
			 struct socktab_error *error)
{
	uid_t uid = geteuid();

	if (st->st_uid != uid && !(foreign && uid == 0))
		return st_fail(error, EPERM, "%s: the %s belongs to user %u, not to user %u: %s",
			       path, what, (unsigned)st->st_uid, (unsigned)uid,
			       uid ? "choose another with SOCKTAB_DIR"
				   : "give the file's path (-S PATH) to read it");
	if (st->st_mode & 077)
		return st_fail(error, EPERM, "%s: the %s is open to others (mode %03o): "
			       "chmod go= it, or choose another with SOCKTAB_DIR",
			       path, what, (unsigned)st->st_mode & 0777);
	return 0;
}

static int directory_unopened(int code, int fd_at, const char *path, struct socktab_error *error)
{
	struct stat st;

	if (code == ENOENT)
		return st_fail(error, ENOENT, "%s: there is no such directory, so no session: "
			       "start one with \"socktab run\"", path);
	if (fstatat(fd_at, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode))
		return st_fail(error, EPERM, "%s: is a symbolic link, which sessions are not "
			       "looked for behind: name the directory itself", path);
	return st_fail(error, code, "%s: cannot open the directory: %s", path, strerror(code));
}

int st_directory_open(const char *path, bool foreign, struct socktab_error *error)
{
	char bare[4096];
	size_t len = strlen(path);
	struct stat st;
	int fd, code;

	/* "link/" would be followed. */
	while (len > 1 && path[len - 1] == '/')
		len--;
	if (len >= sizeof bare)
		return st_fail(error, ENAMETOOLONG, "%.64s...: the directory's name is too long",
			       path);
	memcpy(bare, path, len);
	bare[len] = '\0';
	fd = open(bare, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return directory_unopened(errno, AT_FDCWD, bare, error);
	if (fstat(fd, &st) < 0)
		code = st_fail(error, errno, "%s: %s", bare, strerror(errno));
	else
		code = check_private(&st, "directory", bare, foreign, error);
	if (code == 0)
		return fd;
	close(fd);
	return code;
}

static int file_unopened(int code, const char *path, const char *name,
			 struct socktab_error *error)
{
	switch (code) {
	case ENOENT:
		return st_fail(error, ENOENT, "%s/%s: there is no such session: "
			       "\"socktab ps --all\" names those that are", path, name);
	case ELOOP:
		return st_fail(error, EPERM, "%s/%s: is a symbolic link, not a session: "
			       "name the file itself", path, name);
	default:
		return st_fail(error, code, "%s/%s: cannot open the session: %s", path, name,
			       strerror(code));
	}
}

int st_file_open(int directory, const char *path, const char *name, bool foreign,
		 struct socktab_error *error)
{
	char whole[4096];
	struct stat st;
	/* O_NONBLOCK: whatever lies there, a FIFO too, opening it must not wait. */
	int code, fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
			      O_NOCTTY);

	if (fd < 0)
		return file_unopened(errno, path, name, error);
	snprintf(whole, sizeof whole, "%s/%s", path, name);
	if (fstat(fd, &st) < 0)
		code = st_fail(error, errno, "%s: %s", whole, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		code = st_fail(error, EPROTO, "%s: is no regular file, so no session", whole);
	else
		code = check_private(&st, "file", whole, foreign, error);
	if (code == 0)
		return fd;
	close(fd);
	return code;
}
