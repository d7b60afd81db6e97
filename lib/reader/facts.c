/* SPDX-License-Identifier: MIT
 *
 * Here we tell what follows from a row: ages, errors, the inode that only /proc knows.
 */
#include <stdio.h>
#include <unistd.h>

#include "reader.h"

/* When the descriptor's time ended, or now; 0: that cannot be known. */
static int64_t end_of(const struct socktab *table, const struct socktab_row *row)
{
	const struct socktab_process *process;

	if (row->closed_ns)
		return row->closed_ns;
	if (row->open && socktab_session(table)->same_boot)
		return socktab_now_ns(table);
	process = socktab_process_by_id(table, row->process);
	return process ? process->ended_ns : 0;
}

int64_t socktab_row_age_ns(const struct socktab *table, const struct socktab_row *row)
{
	int64_t end = end_of(table, row);

	if (!end || !row->created_ns)
		return -1;
	return end > row->created_ns ? end - row->created_ns : 0;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t socktab_row_idle_ns(const struct socktab *table, const struct socktab_row *row)
{
	int64_t last = later(later(row->rx.last_ns, row->tx.last_ns), row->created_ns);
	int64_t now = socktab_now_ns(table);

	if (!last || !row->open || !socktab_session(table)->same_boot)
		return -1;
	return now > last ? now - last : 0;
}

int64_t socktab_row_connect_ns(const struct socktab_row *row)
{
	if (!row->connect_ns || row->connected_ns < row->connect_ns)
		return -1;
	return row->connected_ns - row->connect_ns;
}

/* The inode is /proc's to say, and only while the descriptor is open. */
static uint64_t inode_of(pid_t pid, int fd)
{
	char path[64], link[64];
	unsigned long long inode;
	ssize_t len;

	snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
	len = readlink(path, link, sizeof link - 1);
	if (len <= 0)
		return 0;
	link[len] = '\0';
	return sscanf(link, "socket:[%llu]", &inode) == 1 ? inode : 0;
}

uint64_t socktab_row_inode(const struct socktab_row *row)
{
	if (row->inode || !row->open || row->life != SOCKTAB_ALIVE)
		return row->inode;
	return inode_of(row->pid, row->fd);
}

int socktab_row_errno(const struct socktab_row *row)
{
	if (row->state == SOCKTAB_STATE_FAILED && row->connect_errno)
		return row->connect_errno;
	return row->tx.last_errno ? row->tx.last_errno : row->rx.last_errno;
}

const char *socktab_row_life_name(const struct socktab_row *row)
{
	static const char *const at_end[] = {
		[SOCKTAB_ALIVE] = "open", [SOCKTAB_EXITED] = "exited",
		[SOCKTAB_GONE] = "gone", [SOCKTAB_UNKNOWN] = "unknown",
	};

	return row->closed ? "closed" : at_end[row->life];
}
