/* SPDX-License-Identifier: MIT
 *
 * Here we make the environment of a program that is to be preloaded.
 */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "environment.h"
#include "module.h"
#include "socktab.h"

/* --- the directory */

static int make_absolute(char *path, size_t size)
{
	char copy[PATH_MAX], here[PATH_MAX];

	if (path[0] == '/')
		return 0;
	snprintf(copy, sizeof(copy), "%s", path);
	if (!getcwd(here, sizeof(here)))
		return -errno;
	return (size_t)snprintf(path, size, "%s/%s", here, copy) < size ? 0 : -ENAMETOOLONG;
}

static int find_directory(struct environment *environment)
{
	char *path = environment->directory;
	size_t size = sizeof(environment->directory);
	int answer = socktab_directory(path, size);
	struct stat st;

	if (answer == 0)
		answer = make_absolute(path, size);
	if (answer < 0)
		return fail(answer, "the directory of sessions");
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return fail(errno, "cannot make %s", path);
	if (lstat(path, &st) < 0)
		return fail(errno, "%s", path);
	if (S_ISDIR(st.st_mode) && st.st_uid == geteuid() && !(st.st_mode & 077))
		return STATUS_OK;
	complain("%s is not private: it has to be a directory of yours with mode 0700", path);
	return STATUS_FAILED;
}

/* --- the module */

/* FNV-1a: the same module has the same link. */
static uint32_t hash(const char *string)
{
	uint32_t sum = 2166136261u;

	for (; *string; string++)
		sum = (sum ^ (unsigned char)*string) * 16777619u;
	return sum;
}

/* A name without space and colon for a module whose path has some. */
static int link_module(const char *directory, char *module, size_t size)
{
	char link[PATH_MAX + 32], temporary[PATH_MAX + 64];

	if (!module_path_is_plain(directory)) {
		complain("LD_PRELOAD cannot hold spaces and colons, and both %s and %s have some: "
			 "set SOCKTAB_DIR", module, directory);
		return STATUS_FAILED;
	}
	snprintf(link, sizeof(link), "%s/.module-%08x", directory, hash(module));
	snprintf(temporary, sizeof(temporary), "%s.%d", link, (int)getpid());
	unlink(temporary);
	if (symlink(module, temporary) < 0 || rename(temporary, link) < 0)
		return fail(errno, "cannot make %s", link);
	if ((size_t)snprintf(module, size, "%s", link) < size)
		return STATUS_OK;
	return fail(ENAMETOOLONG, "%s", link);
}

static int find_module(struct environment *environment, char *module, size_t size)
{
	int answer = module_find(module, size);

	if (answer < 0)
		return fail(answer, "no preload module at %s", module);
	if (module_path_is_plain(module))
		return STATUS_OK;
	return link_module(environment->directory, module, size);
}

static bool is_ours(const char *entry, size_t len)
{
	static const char link[] = "/.module-";
	size_t name = strlen(MODULE_NAME), hashed = strlen(link) + 8;

	if (len >= name && !memcmp(entry + len - name, MODULE_NAME, name))
		return true;
	return len > hashed && !memcmp(entry + len - hashed, link, strlen(link));
}

/* What LD_PRELOAD held stays in front, as AddressSanitizer's library must; we are never there
 * twice. */
static int join_preload(const char *held, const char *module, char *buf, size_t size)
{
	size_t at = 0;

	for (held += strspn(held, ": "); *held; held += strspn(held, ": ")) {
		size_t len = strcspn(held, ": ");

		if (!is_ours(held, len) && at + len + 1 < size)
			at += (size_t)snprintf(buf + at, size - at, "%.*s:", (int)len, held);
		held += len;
	}
	if ((size_t)snprintf(buf + at, size - at, "%s", module) < size - at)
		return STATUS_OK;
	return fail(E2BIG, "LD_PRELOAD");
}

int environment_prepare(struct environment *environment)
{
	const char *held = getenv("LD_PRELOAD");
	char module[PATH_MAX];
	int status = find_directory(environment);

	if (!status)
		status = find_module(environment, module, sizeof(module));
	if (!status)
		status = join_preload(held ? held : "", module, environment->ld_preload,
				      sizeof(environment->ld_preload));
	return status;
}

static void set(const char *name, const char *value)
{
	if (setenv(name, value, 1) < 0)
		abort();
}

void environment_set(const struct environment *environment)
{
	char rows[24];

	set("LD_PRELOAD", environment->ld_preload);
	set("SOCKTAB_DIR", environment->directory);
	set("SOCKTAB_SESSION", environment->session);
	snprintf(rows, sizeof(rows), "%lu", environment->rows);
	if (environment->rows)
		set("SOCKTAB_ROWS", rows);
}
