/* SPDX-License-Identifier: MIT
 *
 * Here we find the preload module.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "module.h"

static bool is_module(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, R_OK) == 0;
}

/* The directory is made plain; the name stays, whatever it is a link to. */
static bool take(const char *directory, char *buf, size_t size)
{
	char plain[PATH_MAX];

	snprintf(buf, size, "%s/" MODULE_NAME, directory);
	if (!is_module(buf) || !realpath(directory, plain))
		return false;
	return (size_t)snprintf(buf, size, "%s/" MODULE_NAME, plain) < size;
}

static bool ends_with(const char *string, const char *end)
{
	size_t ls = strlen(string), le = strlen(end);

	return ls >= le && !strcmp(string + ls - le, end);
}

/* The build tree keeps this program in tools/ and the module in .libs/. */
static bool take_from_build(const char *own, char *buf, size_t size)
{
	char directory[PATH_MAX + 16];

	if (!ends_with(own, "/tools"))
		return false;
	snprintf(directory, sizeof(directory), "%s/../.libs", own);
	return take(directory, buf, size);
}

/* As far from this program as it was configured to be: the prefix may have moved. */
static bool take_relative(const char *own, char *buf, size_t size)
{
	const char *from = BINDIR, *to = PKGLIBDIR;
	char directory[2 * PATH_MAX];
	size_t common = 0;

	for (size_t i = 0; from[i] && from[i] == to[i]; i++)
		if (from[i] == '/')
			common = i;
	snprintf(directory, sizeof(directory), "%s", own);
	for (const char *c = from + common; *c; c++)
		if (*c == '/')
			strncat(directory, "/..", sizeof(directory) - strlen(directory) - 1);
	strncat(directory, to + common, sizeof(directory) - strlen(directory) - 1);
	return take(directory, buf, size);
}

static int own_directory(char *buf, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", buf, size - 1);

	if (len < 0)
		return -errno;
	buf[len] = '\0';
	*strrchr(buf, '/') = '\0';
	return 0;
}

static int take_named(const char *path, char *buf, size_t size)
{
	char plain[PATH_MAX];

	snprintf(buf, size, "%s", path);
	if (!realpath(path, plain))
		return -errno;
	if (!is_module(plain))
		return -ENOENT;
	return (size_t)snprintf(buf, size, "%s", plain) < size ? 0 : -ENAMETOOLONG;
}

int module_find(char *buf, size_t size)
{
	const char *named = getenv("SOCKTAB_MODULE");
	char own[PATH_MAX];

	if (named && *named)
		return take_named(named, buf, size);
	if (own_directory(own, sizeof(own)) == 0 &&
	    (take_from_build(own, buf, size) || take_relative(own, buf, size)))
		return 0;
	return take(PKGLIBDIR, buf, size) ? 0 : -ENOENT;
}

bool module_path_is_plain(const char *path)
{
	return !strpbrk(path, ": \t\n");
}

int module_is_mapped(pid_t pid)
{
	char path[64], *line = NULL;
	size_t size = 0;
	int found = 0;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	if (!maps)
		return -errno;
	while (!found && getline(&line, &size, maps) > 0)
		found = strstr(line, MODULE_NAME) != NULL;
	if (!found && ferror(maps))
		found = -EACCES;
	free(line);
	fclose(maps);
	return found;
}
