/* SPDX-License-Identifier: MIT
 *
 * Here we open a session, refresh its snapshot and let it go.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"

/* The name of the newest session with a live process, else of the newest. */
static int choose(const char *directory, char *name, size_t size, struct socktab_error *error)
{
	struct socktab_session *list, *chosen;
	int n = socktab_sessions(directory, &list, error);

	if (n < 0)
		return n;
	if (n == 0) {
		free(list);
		return st_fail(error, ENOENT, "%s: there is no session: start one with "
			       "\"socktab run\"", directory);
	}
	chosen = list;
	for (int i = n; i-- > 0; )
		if (list[i].alive)
			chosen = &list[i];
	snprintf(name, size, "%s", chosen->name);
	free(list);
	return 0;
}

/* Splits "a/b/c" into "a/b" and "c". */
static int split(const char *path, char *directory, size_t size, const char **name,
		 struct socktab_error *error)
{
	const char *slash = strrchr(path, '/');
	size_t len = (size_t)(slash - path);

	if (len >= size)
		return st_fail(error, ENAMETOOLONG, "%.64s...: the path is too long", path);
	if (slash[1] == '\0')
		return st_fail(error, EISDIR, "%s: is a directory's name, not a session's", path);
	memcpy(directory, len ? path : "/", len ? len : 1);
	directory[len ? len : 1] = '\0';
	*name = slash + 1;
	return 0;
}

static int open_in(struct socktab *table, const char *directory, const char *name, bool foreign,
		   struct socktab_error *error)
{
	int code, at = st_directory_open(directory, foreign, error);

	if (at < 0)
		return at;
	table->file.fd = code = st_file_open(at, directory, name, foreign, error);
	close(at);
	if (code < 0)
		return code;
	snprintf(table->session.path, sizeof table->session.path, "%s/%s", directory, name);
	table->file.path = table->session.path;
	if ((code = st_header_read(&table->file, error)) < 0 ||
	    (code = st_snapshot_take(&table->file, &table->snapshot, error)) < 0)
		return code;
	return st_session_describe(&table->session, &table->file, name, &table->snapshot);
}

static int open_by_name(struct socktab *table, const char *directory, const char *name,
			struct socktab_error *error)
{
	char chosen[NAME_MAX + 1];
	int code;

	if (!name || !*name) {
		if ((code = choose(directory, chosen, sizeof chosen, error)) < 0)
			return code;
		name = chosen;
	}
	if (name[0] == '.')
		return st_fail(error, ENOENT, "%s: no session's name starts with a dot", name);
	return open_in(table, directory, name, false, error);
}

static int open_any(struct socktab *table, const char *directory, const char *name,
		    struct socktab_error *error)
{
	char own[PATH_MAX - NAME_MAX - 2];
	int code;

	if (name && strchr(name, '/')) {
		code = split(name, own, sizeof own, &name, error);
		return code < 0 ? code : open_in(table, own, name, true, error);
	}
	if (!directory) {
		if ((code = socktab_directory(own, sizeof own)) < 0)
			return st_fail(error, -code, "SOCKTAB_DIR, or XDG_RUNTIME_DIR, is too "
				       "long for a directory's name");
		directory = own;
	}
	return open_by_name(table, directory, name, error);
}

int socktab_open(const char *directory, const char *name, struct socktab **table,
		 struct socktab_error *error)
{
	struct socktab *new = calloc(1, sizeof *new);
	int code;

	*table = NULL;
	if (!new)
		return st_fail(error, ENOMEM, "no memory to open a session");
	new->file.fd = -1;
	code = open_any(new, directory, name, error);
	if (code < 0)
		socktab_close(new);
	else
		*table = new;
	return code;
}

int socktab_refresh(struct socktab *table, struct socktab_error *error)
{
	struct st_snapshot new;
	int code = st_header_again(&table->file, error);

	if (code < 0 || (code = st_snapshot_take(&table->file, &new, error)) < 0)
		return code;
	st_snapshot_free(&table->snapshot);
	table->snapshot = new;
	return st_session_describe(&table->session, &table->file, NULL, &table->snapshot);
}

void socktab_close(struct socktab *table)
{
	if (!table)
		return;
	st_snapshot_free(&table->snapshot);
	if (table->file.fd >= 0)
		close(table->file.fd);
	free(table);
}

const struct socktab_session *socktab_session(const struct socktab *table)
{
	return &table->session;
}

int64_t socktab_now_ns(const struct socktab *table)
{
	return table->snapshot.vantage.mono_ns;
}

/* By today's clocks while the machine has not started again since, so that adjustments of the
 * wall clock are followed; else by what the header says that they were. (CLOCK_MONOTONIC stands
 * still while a machine sleeps: moments before a sleep come out too late by its length.) */
int64_t socktab_wall_ns(const struct socktab *table, int64_t monotonic_ns)
{
	const struct st_vantage *vantage = &table->snapshot.vantage;
	const struct st_header *header = &table->file.header;
	uint64_t offset = vantage->same_boot ?
		(uint64_t)vantage->real_ns - (uint64_t)vantage->mono_ns :
		header->created_real_ns - header->created_mono_ns;

	return (int64_t)((uint64_t)monotonic_ns + offset);
}
