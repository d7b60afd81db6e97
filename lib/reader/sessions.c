/* SPDX-License-Identifier: MIT
 *
 * Here we list the sessions of a directory.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

static void count_processes(struct socktab_session *session, const struct st_snapshot *snapshot)
{
	session->processes = (uint32_t)snapshot->process_count;
	session->alive = session->unknown = 0;
	for (size_t i = 0; i < snapshot->process_count; i++) {
		session->alive += snapshot->processes[i].life == SOCKTAB_ALIVE;
		session->unknown += snapshot->processes[i].life == SOCKTAB_UNKNOWN;
	}
}

/* name NULL: it stays. */
int st_session_describe(struct socktab_session *session, const struct st_file *file,
			const char *name, const struct st_snapshot *snapshot)
{
	const struct st_header *header = &file->header;

	if (name)
		snprintf(session->name, sizeof session->name, "%.*s",
			 (int)sizeof session->name - 1, name);
	session->uid = header->uid;
	session->major = header->major;
	session->minor = header->minor;
	session->size = header->file_size;
	session->rows_max = file->rows.count;
	session->created_at_ns = header->created_real_ns > INT64_MAX ? 0 :
				 (int64_t)header->created_real_ns;
	session->same_boot = snapshot->vantage.same_boot;
	count_processes(session, snapshot);
	return 0;
}

/* One that cannot be read is still one that can be named, and removed. */
static int describe_unreadable(struct socktab_session *session, const struct st_file *file,
			       const char *name)
{
	struct stat st;

	if (fstat(file->fd, &st) < 0)
		return 0;
	snprintf(session->name, sizeof session->name, "%s", name);
	session->uid = st.st_uid;
	session->size = (uint64_t)st.st_size;
	session->created_at_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	return 1;
}

/* Answers 1 when the file is a session. */
static int probe(int directory, const char *path, const char *name,
		 struct socktab_session *session)
{
	struct st_file file = { .path = session->path };
	struct st_snapshot snapshot = { 0 };
	int is_session = 0;

	memset(session, 0, sizeof *session);
	file.fd = st_file_open(directory, path, name, false, NULL);
	if (file.fd < 0)
		return 0;
	snprintf(session->path, sizeof session->path, "%s/%s", path, name);
	if (st_is_table(file.fd)) {
		is_session = 1;
		if (st_header_read(&file, NULL) == 0 &&
		    (st_vantage_take(&snapshot.vantage, &file.header),
		     st_processes_read(&file, &snapshot, NULL)) == 0)
			st_session_describe(session, &file, name, &snapshot);
		else
			is_session = describe_unreadable(session, &file, name);
	}
	st_snapshot_free(&snapshot);
	close(file.fd);
	return is_session;
}

struct session_list {
	struct socktab_session *sessions;
	size_t count, room;
};

static bool has_room(struct session_list *list)
{
	size_t room = list->room ? list->room * 2 : 8;
	struct socktab_session *sessions;

	if (list->count < list->room)
		return true;
	sessions = reallocarray(list->sessions, room, sizeof *sessions);
	if (!sessions)
		return false;
	list->sessions = sessions;
	list->room = room;
	return true;
}

static bool is_name(const char *name)
{
	return name[0] != '.' && strlen(name) < ST_NAME_MAX;
}

static int gather(DIR *dir, const char *path, struct session_list *list,
		  struct socktab_error *error)
{
	for (struct dirent *entry; (entry = readdir(dir)); ) {
		if (!is_name(entry->d_name))
			continue;
		if (!has_room(list))
			return st_fail(error, ENOMEM, "%s: no memory for its sessions", path);
		list->count += (size_t)probe(dirfd(dir), path, entry->d_name,
					     &list->sessions[list->count]);
	}
	return 0;
}

static int newest_first(const void *left, const void *right)
{
	const struct socktab_session *a = left, *b = right;

	if (a->created_at_ns != b->created_at_ns)
		return a->created_at_ns < b->created_at_ns ? 1 : -1;
	return strcmp(a->name, b->name);
}

static int list_in(const char *path, struct session_list *list, struct socktab_error *error)
{
	int code, fd = st_directory_open(path, false, error);
	DIR *dir;

	if (fd < 0)
		return fd;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return st_fail(error, ENOMEM, "%s: no memory to list it", path);
	}
	code = gather(dir, path, list, error);
	closedir(dir);
	return code;
}

int socktab_sessions(const char *directory, struct socktab_session **sessions,
		     struct socktab_error *error)
{
	struct session_list list = { 0 };
	char own[PATH_MAX - NAME_MAX - 2];
	int code;

	*sessions = NULL;
	if (!directory && (code = socktab_directory(own, sizeof own)) < 0)
		return st_fail(error, -code, "SOCKTAB_DIR, or XDG_RUNTIME_DIR, is too long for a "
			       "directory's name");
	code = list_in(directory ? directory : own, &list, error);
	if (code == -ENOENT)
		return 0;
	if (code < 0) {
		free(list.sessions);
		return code;
	}
	if (list.count)
		qsort(list.sessions, list.count, sizeof *list.sessions, newest_first);
	*sessions = list.sessions;
	return (int)list.count;
}
