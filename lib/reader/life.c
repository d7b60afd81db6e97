/* SPDX-License-Identifier: MIT
 *
 * Here we judge whether a process lives. A pid alone names nothing: the boot, the pid namespace
 * and the start time must fit as well, and where we cannot see we say so.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "reader.h"

static const uint8_t no_boot_id[16];

static int64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* Reads a small file of /proc as a string; answers its length, or -errno. */
static ssize_t read_proc(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	do
		n = read(fd, buf, size - 1);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		n = -errno;
	buf[n < 0 ? 0 : n] = '\0';
	close(fd);
	return n;
}

static void take_boot_id(uint8_t id[16])
{
	char text[64];
	size_t digits = 0;

	memset(id, 0, 16);
	if (read_proc("/proc/sys/kernel/random/boot_id", text, sizeof text) < 0)
		return;
	for (const char *p = text; *p && digits < 32; p++) {
		char digit[2] = { *p };
		char *end;
		unsigned long value = strtoul(digit, &end, 16);

		if (end != digit)
			id[digits / 2] |= (uint8_t)(value << (digits % 2 ? 0 : 4)), digits++;
	}
}

/* 0 also when /proc shows the processes of a namespace that is not ours. */
static uint64_t own_pidns(void)
{
	char self[32];
	struct stat st;
	ssize_t n = readlink("/proc/self", self, sizeof self - 1);

	if (n < 0)
		return 0;
	self[n] = '\0';
	if (strtol(self, NULL, 10) != getpid() || stat("/proc/self/ns/pid", &st) < 0)
		return 0;
	return st.st_ino;
}

static bool same_boot(const struct st_vantage *vantage, const struct st_header *header)
{
	if (memcmp(vantage->boot_id, no_boot_id, 16) != 0 &&
	    memcmp(header->boot_id, no_boot_id, 16) != 0)
		return memcmp(vantage->boot_id, header->boot_id, 16) == 0;
	/* The file may outlive a boot, this clock does not. */
	return header->created_boot_ns <= (uint64_t)vantage->boot_ns;
}

void st_vantage_take(struct st_vantage *vantage, const struct st_header *header)
{
	long hz = sysconf(_SC_CLK_TCK);

	take_boot_id(vantage->boot_id);
	vantage->pidns = own_pidns();
	vantage->tick_ns = 1000000000u / (uint64_t)(hz > 0 ? hz : 100);
	vantage->boot_ns = clock_ns(CLOCK_BOOTTIME);
	vantage->mono_ns = clock_ns(CLOCK_MONOTONIC);
	vantage->real_ns = clock_ns(CLOCK_REALTIME);
	vantage->same_boot = same_boot(vantage, header);
}

struct proc_stat {
	char state;
	long threads;
	unsigned long long start;	/* ticks since boot */
};

static int parse_stat(const char *text, struct proc_stat *stat)
{
	/* The name before it may hold anything, ')' and digits too. */
	const char *rest = strrchr(text, ')');

	if (!rest || sscanf(rest + 1, " %c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s"
			    " %*s %*s %*s %ld %*s %llu", &stat->state, &stat->threads,
			    &stat->start) != 3)
		return -EBADMSG;
	return 0;
}

/* A zombie has closed all that it held; but a main thread may end before the others. */
static bool is_dead(const struct proc_stat *stat)
{
	return (stat->state == 'Z' || stat->state == 'X') && stat->threads <= 1;
}

static bool started_before(const struct st_vantage *vantage, const struct proc_stat *stat,
			   uint64_t attached_boot_ns)
{
	uint64_t start_ns;

	/* One tick: the clock of /proc is coarse. No pid comes round again that fast. */
	if (__builtin_mul_overflow((uint64_t)stat->start, vantage->tick_ns, &start_ns))
		return false;
	return start_ns <= attached_boot_ns || start_ns - attached_boot_ns <= vantage->tick_ns;
}

/* /proc may be mounted so that it hides other users' processes. */
static enum socktab_life unseen_life(pid_t pid)
{
	return kill(pid, 0) < 0 && errno == ESRCH ? SOCKTAB_GONE : SOCKTAB_UNKNOWN;
}

static enum socktab_life life_by_proc(const struct st_vantage *vantage, pid_t pid,
				      uint64_t attached_boot_ns)
{
	struct proc_stat stat;
	char path[32], text[1024];
	ssize_t n;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	n = read_proc(path, text, sizeof text);
	if (n == -ENOENT || n == -ESRCH)
		return unseen_life(pid);
	if (n < 0 || parse_stat(text, &stat) < 0)
		return SOCKTAB_UNKNOWN;
	if (is_dead(&stat) || !started_before(vantage, &stat, attached_boot_ns))
		return SOCKTAB_GONE;
	return SOCKTAB_ALIVE;
}

enum socktab_life st_life_of(const struct st_vantage *vantage, const struct st_process *slot)
{
	if (ST_LIFE_STATE(slot->life) == ST_CLOSED)
		return SOCKTAB_EXITED;
	if (!vantage->same_boot || slot->pid <= 0)
		return SOCKTAB_GONE;
	if (vantage->pidns == 0 || (slot->pidns != 0 && slot->pidns != vantage->pidns))
		return SOCKTAB_UNKNOWN;
	return life_by_proc(vantage, slot->pid, slot->attached_boot_ns);
}
