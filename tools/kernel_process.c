/* SPDX-License-Identifier: MIT
 *
 * Here we read of processes in /proc.
 */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "kernel.h"

/* --- who there is */

/* "NSpid:	4711	1": the innermost is the last. */
static pid_t last_number(const char *text)
{
	const char *last = strrchr(text, '\t');

	return (pid_t)strtol(last ? last : text, NULL, 10);
}

static bool read_process(pid_t pid, struct kernel_process *process)
{
	char path[64], line[256];
	FILE *status;

	*process = (struct kernel_process){ .pid = pid, .inner_pid = pid };
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	status = fopen(path, "re");
	if (!status)
		return false;
	while (fgets(line, sizeof(line), status)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, "Name:\t", 6))
			snprintf(process->comm, sizeof(process->comm), "%.15s", line + 6);
		else if (!strncmp(line, "State:\t", 7))
			process->zombie = line[7] == 'Z' || line[7] == 'X';
		else if (!strncmp(line, "PPid:\t", 6))
			process->ppid = (pid_t)strtol(line + 6, NULL, 10);
		else if (!strncmp(line, "NSpid:\t", 7))
			process->inner_pid = last_number(line);
	}
	fclose(status);
	return true;
}

static int by_pid(const void *a, const void *b)
{
	const struct kernel_process *p = a, *q = b;

	return (p->pid > q->pid) - (p->pid < q->pid);
}

ssize_t kernel_processes(struct kernel_process **list)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t count = 0;

	*list = NULL;
	if (!proc)
		return -errno;
	while ((entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (count % 64 == 0)
			*list = realloc(*list, (count + 64) * sizeof(**list));
		if (!*list)
			abort();
		count += read_process((pid_t)strtol(entry->d_name, NULL, 10), *list + count);
	}
	closedir(proc);
	if (count)
		qsort(*list, count, sizeof(**list), by_pid);
	return (ssize_t)count;
}

uint64_t kernel_namespace(pid_t pid, const char *kind)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, kind);
	return stat(path, &st) < 0 ? 0 : st.st_ino;
}

/* --- how it was started */

static bool is_variable(const char *word, const char *name, const char *value)
{
	size_t len = strlen(name);

	return !strncmp(word, name, len) && word[len] == '=' &&
	       (!value || !strcmp(word + len + 1, value));
}

bool kernel_started_with(pid_t pid, const char *name, const char *value)
{
	char path[64], *word = NULL;
	bool found = false;
	size_t size = 0;
	FILE *environ_file;

	snprintf(path, sizeof(path), "/proc/%d/environ", pid);
	environ_file = fopen(path, "re");
	if (!environ_file)
		return false;
	while (!found && getdelim(&word, &size, '\0', environ_file) > 0)
		found = is_variable(word, name, value);
	free(word);
	fclose(environ_file);
	return found;
}

/* --- what it is waiting in */

struct act {
	long number;
	unsigned int acts;	/* KERNEL_* */
	int argument;		/* that is the descriptor */
};

static const struct act acts[] = {
	{ SYS_write, KERNEL_SENDS, 0 }, { SYS_writev, KERNEL_SENDS, 0 },
	{ SYS_pwritev2, KERNEL_SENDS, 0 }, { SYS_sendto, KERNEL_SENDS | KERNEL_CHANGES, 0 },
	{ SYS_sendmsg, KERNEL_SENDS | KERNEL_CHANGES, 0 },
	{ SYS_sendmmsg, KERNEL_SENDS | KERNEL_CHANGES, 0 },
	{ SYS_sendfile, KERNEL_SENDS, 0 }, { SYS_splice, KERNEL_SENDS, 2 },
	{ SYS_read, KERNEL_RECEIVES, 0 }, { SYS_readv, KERNEL_RECEIVES, 0 },
	{ SYS_preadv2, KERNEL_RECEIVES, 0 }, { SYS_recvfrom, KERNEL_RECEIVES, 0 },
	{ SYS_recvmsg, KERNEL_RECEIVES, 0 }, { SYS_recvmmsg, KERNEL_RECEIVES, 0 },
	{ SYS_splice, KERNEL_RECEIVES, 0 }, { SYS_connect, KERNEL_CHANGES, 0 },
};

/* "45 0x7 0x7ffd... ...": the call and its arguments; "running" has none. */
static bool acts_on(const char *text, int fd, enum kernel_act act)
{
	unsigned long long arguments[3];
	long number;

	if (sscanf(text, "%ld %llx %llx %llx", &number, &arguments[0], &arguments[1],
		   &arguments[2]) != 4)
		return false;
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (acts[i].number == number && acts[i].acts & act &&
		    (int)arguments[acts[i].argument] == fd)
			return true;
	return false;
}

static bool thread_acts_on(pid_t pid, const char *thread, int fd, enum kernel_act act)
{
	char path[96], text[256] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%.20s/syscall", pid, thread);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	return acts_on(text, fd, act);
}

bool kernel_call_under_way(pid_t pid, int fd, enum kernel_act act)
{
	bool found = false;
	char path[64];
	struct dirent *entry;
	DIR *threads;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	threads = opendir(path);
	if (!threads)
		return false;
	while (!found && (entry = readdir(threads)))
		if (isdigit((unsigned char)entry->d_name[0]))
			found = thread_acts_on(pid, entry->d_name, fd, act);
	closedir(threads);
	return found;
}
