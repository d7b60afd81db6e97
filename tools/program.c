/* SPDX-License-Identifier: MIT
 *
 * Here we find a program and judge whether its loader would preload a module.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "complain.h"
#include "elf_file.h"
#include "program.h"

#define SCRIPTS_MAX 5		/* the kernel follows no more interpreters */

/* --- where it is */

static int try(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EACCES;
	return access(path, X_OK) < 0 ? -errno : 0;
}

static int copy_path(struct program *program, const char *path)
{
	size_t size = sizeof(program->path);

	return (size_t)snprintf(program->path, size, "%s", path) < size ? try(path) : -ENAMETOOLONG;
}

/* One that may not be executed does not hide a later one. */
static int search(const char *name, struct program *program)
{
	const char *path = getenv("PATH");
	int answer = -ENOENT;

	for (path = path ? path : "/bin:/usr/bin";; path++) {
		int len = (int)strcspn(path, ":");
		char candidate[PATH_MAX];

		snprintf(candidate, sizeof(candidate), "%.*s%s%s", len, path, len ? "/" : "", name);
		switch (copy_path(program, candidate)) {
		case 0: return 0;
		case -EACCES: answer = -EACCES;
		}
		path += len;
		if (!*path)
			return answer;
	}
}

int program_find(const char *name, struct program *program)
{
	int answer = strchr(name, '/') ? copy_path(program, name) : search(name, program);

	program->script[0] = program->why[0] = '\0';
	if (!answer)
		return STATUS_OK;
	fail(answer, "%s", name);
	return answer == -ENOENT || answer == -ENOTDIR ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE;
}

/* --- what it is */

/* Whether the kernel would start it with AT_SECURE, for which the loader ignores our path. */
static const char *gains_rights(int fd)
{
	struct statvfs fs;
	struct stat st;
	char capabilities[64];

	if (fstat(fd, &st) < 0 || fstatvfs(fd, &fs) < 0 || (fs.f_flag & ST_NOSUID) ||
	    prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return NULL;
	if ((st.st_mode & S_ISUID) && st.st_uid != getuid())
		return "setuid";
	if ((st.st_mode & S_ISGID) && (st.st_mode & S_IXGRP) && st.st_gid != getgid())
		return "setgid";
	if (geteuid() != 0 &&
	    fgetxattr(fd, "security.capability", capabilities, sizeof(capabilities)) > 0)
		return "given capabilities";
	return NULL;
}

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Ours has the loader that the module was built for. */
static void own_elf(struct elf_file *own)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	memset(own, 0, sizeof(*own));
	if (fd < 0)
		return;
	elf_file_read(fd, own);
	close(fd);
}

static bool asan_is_content(void)
{
	const char *options = getenv("ASAN_OPTIONS"), *preload = getenv("LD_PRELOAD");

	return (options && strstr(options, "verify_asan_link_order=0")) ||
	       (preload && strstr(preload, "libasan.so"));
}

static void judge_elf(struct program *program, const struct elf_file *elf)
{
	char *why = program->why;
	size_t size = sizeof(program->why);
	struct elf_file own;

	own_elf(&own);
	if (elf->bits != own.bits)
		snprintf(why, size, "it is a %d-bit program, and the module is %d-bit", elf->bits,
			 own.bits);
	else if (elf->machine != own.machine)
		snprintf(why, size, "it is of another machine");
	else if (!elf->loader[0])
		snprintf(why, size, "it is statically linked: no loader runs that could preload");
	else if (own.loader[0] && strcmp(base(elf->loader), base(own.loader)))
		snprintf(why, size, "it uses another libc, with the loader %s", elf->loader);
	else if (elf->wants_asan && !asan_is_content())
		snprintf(why, size, "it was built with AddressSanitizer, which wants to be first: "
			 "set LD_PRELOAD=libasan.so.N or ASAN_OPTIONS=verify_asan_link_order=0");
}

/* The interpreter that "#!" names; 0 when there is one. */
static int read_interpreter(int fd, char *buf, size_t size)
{
	char line[256];
	ssize_t got = pread(fd, line, sizeof(line) - 1, 0);
	const char *name = line + 2;
	size_t len;

	if (got < 2 || memcmp(line, "#!", 2))
		return -ENOEXEC;
	line[got] = '\0';
	line[strcspn(line, "\n")] = '\0';
	name += strspn(name, " \t");
	len = strcspn(name, " \t");
	if (!len || len >= size)
		return -ENOEXEC;
	snprintf(buf, size, "%.*s", (int)len, name);
	return 0;
}

/* One step: judges the file, or goes on to its interpreter and answers true. What is neither
 * program nor script is a script of the shell. */
static bool judge_file(struct program *program, int fd, bool first)
{
	const char *gained = gains_rights(fd);
	char interpreter[PATH_MAX];
	struct elf_file elf;
	int answer = elf_file_read(fd, &elf);

	if (answer == -ENOEXEC) {
		if (read_interpreter(fd, interpreter, sizeof(interpreter)) < 0) {
			if (!first)
				return false;
			strcpy(interpreter, "/bin/sh");
		}
		if (first)
			strcpy(program->script, program->path);
		strcpy(program->path, interpreter);
		return true;
	}
	if (answer < 0)
		snprintf(program->why, sizeof(program->why), "it is a damaged program");
	else if (gained)
		snprintf(program->why, sizeof(program->why),
			 "it is %s: the loader ignores LD_PRELOAD", gained);
	else
		judge_elf(program, &elf);
	return false;
}

int program_judge(struct program *program)
{
	bool more = true;

	program->script[0] = program->why[0] = '\0';
	for (int i = 0; more && i <= SCRIPTS_MAX; i++) {
		int fd = open(program->path, O_RDONLY | O_CLOEXEC);

		if (fd < 0)
			break;
		more = judge_file(program, fd, i == 0);
		close(fd);
	}
	return program->why[0] ? STATUS_NOT_EXECUTABLE : STATUS_OK;
}
