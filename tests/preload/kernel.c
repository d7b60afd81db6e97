/* SPDX-License-Identifier: MIT
 *
 * What the kernel says of the processes below this one.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "kernel.h"

/* ------------------------------------------------------------------------------ /proc --- */

/* The value behind "Name:" in /proc/PID/status, "" when it is gone. */
static void status_line(pid_t pid, const char *name, char *value, size_t size)
{
	char path[64], line[256];
	size_t length = strlen(name);
	FILE *file;

	value[0] = '\0';
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	file = fopen(path, "re");
	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, name, length) && line[length] == ':') {
			const char *behind = line + length + 1;

			line[strcspn(line, "\n")] = '\0';
			snprintf(value, size, "%s", behind + strspn(behind, " \t"));
			break;
		}
	fclose(file);
}

struct relation { pid_t pid, parent; char state; };

static bool read_relation(const char *path, struct relation *one)
{
	char line[512];
	const char *behind;
	FILE *file = fopen(path, "re");
	bool read;

	if (!file)
		return false;
	behind = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
	read = behind && sscanf(behind, ") %c %d", &one->state, &one->parent) == 2;
	fclose(file);
	return read;
}

/* Of a directory of /proc with one entry for each process, or thread. */
static size_t relations(const char *path, struct relation *list, size_t max)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	size_t count = 0;

	while (directory && count < max && (entry = readdir(directory))) {
		char stat[128];

		list[count].pid = (pid_t)strtol(entry->d_name, NULL, 10);
		if (list[count].pid <= 0)
			continue;
		snprintf(stat, sizeof(stat), "%s/%d/stat", path, list[count].pid);
		count += read_relation(stat, &list[count]);
	}
	if (directory)
		closedir(directory);
	return count;
}

/* How many generations a process is below another one; 0: not at all. */
static int below(const struct relation *list, size_t count, pid_t pid, pid_t ancestor)
{
	for (int depth = 1; depth < 100 && pid > 1; depth++) {
		size_t i = 0;

		while (i < count && list[i].pid != pid)
			i++;
		if (i == count)
			return 0;
		pid = list[i].parent;
		if (pid == ancestor)
			return depth;
	}
	return 0;
}

struct descendant {
	pid_t pid;
	int depth;
};

/* Parents first: pids start anew when the highest has been given. */
static int by_age(const void *a, const void *b)
{
	const struct descendant *one = a, *other = b;

	return one->depth != other->depth ? one->depth - other->depth : one->pid - other->pid;
}

enum { PROCESSES_MAX = 32768, QUIET_US = 200000 };

/* A thread that was joined may need a moment more to be gone. */
static bool all_threads_sleep(pid_t pid)
{
	static struct relation threads[PROCESSES_MAX];
	char path[64];
	size_t count;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	count = relations(path, threads, PROCESSES_MAX);
	for (size_t i = 0; i < count; i++)
		if (threads[i].state != 'S')
			return false;
	return true;
}

static bool all_sleep(void)
{
	static struct relation list[PROCESSES_MAX];
	size_t count = relations("/proc", list, PROCESSES_MAX);

	for (size_t i = 0; i < count; i++)
		if (!strchr("ZX", list[i].state) && below(list, count, list[i].pid, getpid())
		    && !all_threads_sleep(list[i].pid))
			return false;
	return true;
}

void kernel_wait_until_quiet(void)
{
	for (int waited = 0; waited < QUIET_US && !all_sleep(); waited += 1000)
		usleep(1000);
}

size_t kernel_descendants(pid_t *pids, size_t max)
{
	static struct relation list[PROCESSES_MAX];
	static struct descendant descendants[PROCESSES_MAX];
	size_t count = relations("/proc", list, PROCESSES_MAX), found = 0;

	for (size_t i = 0; i < count && found < max; i++) {
		int depth = below(list, count, list[i].pid, getpid());

		if (depth && list[i].state != 'Z' && list[i].state != 'X')
			descendants[found++] = (struct descendant) { list[i].pid, depth };
	}
	qsort(descendants, found, sizeof(*descendants), by_age);
	for (size_t i = 0; i < found; i++)
		pids[i] = descendants[i].pid;
	return found;
}

static bool is_cloexec(pid_t pid, int fd)
{
	char path[64], line[128];
	unsigned flags = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", pid, fd);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "flags: %o", &flags) == 1)
			break;
	if (file)
		fclose(file);
	return flags & O_CLOEXEC;
}

static int by_fd(const void *a, const void *b)
{
	return ((const struct kernel_descriptor *)a)->fd
	       - ((const struct kernel_descriptor *)b)->fd;
}

static void describe(struct kernel_descriptor *one, pid_t pid, int fd, const char *link)
{
	*one = (struct kernel_descriptor){ .fd = fd, .cloexec = is_cloexec(pid, fd) };
	snprintf(one->kind, sizeof(one->kind), "%.*s", (int)strcspn(link, ":["), link);
	if (sscanf(link, "socket:[%" SCNu64 "]", &one->inode) == 1)
		one->socket = true;
}

size_t kernel_descriptors(pid_t pid, struct kernel_descriptor *list, size_t max)
{
	char path[64], link[256];
	struct dirent *entry;
	size_t count = 0;
	DIR *directory;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	directory = opendir(path);
	while (directory && count < max && (entry = readdir(directory))) {
		ssize_t n = readlinkat(dirfd(directory), entry->d_name, link, sizeof(link) - 1);

		if (n < 0)
			continue;
		link[n] = '\0';
		describe(&list[count++], pid, atoi(entry->d_name), link);
	}
	if (directory)
		closedir(directory);
	qsort(list, count, sizeof(*list), by_fd);
	return count;
}

void kernel_print_holdings(pid_t pid, FILE *to)
{
	static const char *const facts[] = { "Threads", "SigBlk", "SigIgn", "SigCgt" };
	static struct kernel_descriptor list[32768];
	size_t count = kernel_descriptors(pid, list, sizeof(list) / sizeof(*list));
	char value[128];

	fprintf(to, "holds");
	for (size_t i = 0; i < count; i++)
		fprintf(to, " %d:%s%s", list[i].fd, list[i].kind, list[i].cloexec ? "(c)" : "");
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		status_line(pid, facts[i], value, sizeof(value));
		fprintf(to, " %s:%s", facts[i], value);
	}
	fprintf(to, "\n");
}

/* ------------------------------------------------------------------------- the socket --- */

int kernel_borrow(pid_t pid, int fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0), copy, error;

	if (pidfd < 0)
		return -errno;
	copy = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	error = errno;
	close(pidfd);
	return copy < 0 ? -error : copy;
}

bool kernel_says_nothing(const struct sockaddr_storage *address, socklen_t len, int type)
{
	static const struct in6_addr any = IN6ADDR_ANY_INIT;
	const struct sockaddr_in *four = (const void *)address;
	const struct sockaddr_in6 *six = (const void *)address;
	const struct sockaddr_nl *netlink = (const void *)address;
	const struct sockaddr_ll *packet = (const void *)address;
	const struct sockaddr_vm *vsock = (const void *)address;

	if (len <= sizeof(sa_family_t))
		return true;
	switch (address->ss_family) {
	case AF_INET:	/* the port of a raw socket is its protocol */
		return !four->sin_addr.s_addr && (!four->sin_port || type == SOCK_RAW);
	case AF_INET6:
		return !memcmp(&six->sin6_addr, &any, sizeof(any))
		       && (!six->sin6_port || type == SOCK_RAW);
	case AF_NETLINK:
		return !netlink->nl_pid && !netlink->nl_groups;
	case AF_PACKET:
		return !packet->sll_ifindex;
	case AF_VSOCK:
		return vsock->svm_port == VMADDR_PORT_ANY;
	}
	return false;
}

static int ask(int fd, int level, int option)
{
	int value = 0;
	socklen_t size = sizeof(value);

	if (getsockopt(fd, level, option, &value, &size) < 0)
		return 0;
	return value;
}

static int tcp_state(int fd)
{
	struct tcp_info info;
	socklen_t size = sizeof(info);

	memset(&info, 0, sizeof(info));
	getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size);
	return info.tcpi_state;
}

void kernel_examine(int fd, struct kernel_socket *s)
{
	socklen_t size = sizeof(s->cookie);

	memset(s, 0, sizeof(*s));
	getsockopt(fd, SOL_SOCKET, SO_COOKIE, &s->cookie, &size);
	s->family = ask(fd, SOL_SOCKET, SO_DOMAIN);
	s->type = ask(fd, SOL_SOCKET, SO_TYPE);
	s->protocol = ask(fd, SOL_SOCKET, SO_PROTOCOL);
	s->listening = ask(fd, SOL_SOCKET, SO_ACCEPTCONN);
	s->nonblock = fcntl(fd, F_GETFL) & O_NONBLOCK;
	if (s->protocol == IPPROTO_TCP && (s->family == AF_INET || s->family == AF_INET6))
		s->tcp_state = tcp_state(fd);
	s->local_len = s->peer_len = sizeof(s->local);
	if (getsockname(fd, (struct sockaddr *)&s->local, &s->local_len) < 0
	    || kernel_says_nothing(&s->local, s->local_len, s->type))
		s->local_len = 0;
	s->connected = !getpeername(fd, (struct sockaddr *)&s->peer, &s->peer_len);
	if (!s->connected || kernel_says_nothing(&s->peer, s->peer_len, s->type))
		s->peer_len = 0;
}
