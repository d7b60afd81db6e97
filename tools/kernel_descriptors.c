/* SPDX-License-Identifier: MIT
 *
 * Here we read which descriptors a process holds.
 */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "kernel.h"

static void add(struct kernel_holdings *holdings, int fd, uint64_t inode)
{
	size_t count = holdings->count;

	if (count % 64 == 0)
		holdings->sockets = realloc(holdings->sockets,
					    (count + 64) * sizeof(*holdings->sockets));
	if (!holdings->sockets)
		abort();
	holdings->sockets[holdings->count++] = (struct kernel_descriptor){ fd, inode };
}

static void take_one(struct kernel_holdings *holdings, int directory, const char *name)
{
	char link[128];
	ssize_t len = readlinkat(directory, name, link, sizeof(link) - 1);
	uint64_t inode;

	if (len < 0)
		return;
	link[len] = '\0';
	if (sscanf(link, "socket:[%" SCNu64 "]", &inode) == 1)
		add(holdings, (int)strtol(name, NULL, 10), inode);
	else if (!strcmp(link, "anon_inode:[io_uring]"))
		holdings->io_uring = true;
}

static int by_fd(const void *a, const void *b)
{
	const struct kernel_descriptor *p = a, *q = b;

	return (p->fd > q->fd) - (p->fd < q->fd);
}

int kernel_holdings_take(pid_t pid, struct kernel_holdings *holdings)
{
	char path[64];
	struct dirent *entry;
	DIR *directory;

	*holdings = (struct kernel_holdings){ 0 };
	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	directory = opendir(path);
	if (!directory)
		return -errno;
	while ((entry = readdir(directory)))
		if (isdigit((unsigned char)entry->d_name[0]))
			take_one(holdings, dirfd(directory), entry->d_name);
	closedir(directory);
	if (holdings->count)
		qsort(holdings->sockets, holdings->count, sizeof(*holdings->sockets), by_fd);
	return 0;
}

void kernel_holdings_free(struct kernel_holdings *holdings)
{
	free(holdings->sockets);
	*holdings = (struct kernel_holdings){ 0 };
}

const struct kernel_descriptor *kernel_holdings_find(const struct kernel_holdings *holdings,
						     int fd)
{
	struct kernel_descriptor key = { .fd = fd };

	if (!holdings->count)
		return NULL;
	return bsearch(&key, holdings->sockets, holdings->count, sizeof(key), by_fd);
}

void kernel_protocol_name(pid_t pid, int fd, char *buf, size_t size)
{
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
	len = getxattr(path, "system.sockprotoname", buf, size - 1);
	buf[len < 0 ? 0 : len] = '\0';
}
