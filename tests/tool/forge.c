/* SPDX-License-Identifier: MIT
 *
 * Forges a session for the tests of the tool: what the module would have written.
 *
 *	forge FILE SCENE PID [N]
 *
 * PID is a process that lives; scenes are listed at the end.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi.h"

#define SECOND UINT64_C(1000000000)
#define PROCESSES 16

struct forge {
	unsigned char *image;
	uint64_t size;
	struct st_header *header;
	struct st_chunk *chunks;
	struct st_process *processes;
	struct st_row *rows;
	uint32_t chunk[PROCESSES];	/* index + 1 of the process's present one */
	uint32_t used[PROCESSES];	/* rows in it */
	pid_t pid;			/* that lives */
};

static uint64_t now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (uint64_t)ts.tv_sec * SECOND + (uint64_t)ts.tv_nsec;
}

static uint64_t pages(uint64_t size)
{
	return (size + 4095) / 4096 * 4096;
}

static void set_region(struct forge *f, int i, enum st_region_kind kind, uint32_t stride,
		       uint64_t count)
{
	uint64_t start = i ? f->header->regions[i - 1].offset +
			     pages(f->header->regions[i - 1].stride *
				   f->header->regions[i - 1].count) : 4096;

	f->header->regions[i] = (struct st_region){ kind, stride, start, count };
}

static void read_boot_id(uint8_t id[16])
{
	unsigned int byte;
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");

	for (int i = 0; file && i < 16; i++) {
		if (fscanf(file, i == 4 || i == 6 || i == 8 || i == 10 ? "-%2x" : "%2x", &byte) == 1)
			id[i] = (uint8_t)byte;
	}
	if (file)
		fclose(file);
}

static void begin(struct forge *f, uint64_t row_count)
{
	uint64_t chunk_count = (row_count + ST_ROWS_PER_CHUNK - 1) / ST_ROWS_PER_CHUNK + PROCESSES;
	uint64_t most = 4096 + pages(chunk_count * sizeof(struct st_chunk)) +
			pages(PROCESSES * sizeof(struct st_process)) +
			pages(chunk_count * ST_ROWS_PER_CHUNK * sizeof(struct st_row));

	f->image = aligned_alloc(4096, most);
	if (!f->image)
		err(1, "memory");
	memset(f->image, 0, most);
	f->header = (struct st_header *)f->image;
	memcpy(f->header->magic, ST_MAGIC, 8);
	f->header->byte_order = ST_BYTE_ORDER;
	f->header->major = ST_MAJOR;
	f->header->minor = ST_MINOR;
	f->header->file_size = f->size = most;
	f->header->uid = geteuid();
	f->header->rows_per_chunk = ST_ROWS_PER_CHUNK;
	f->header->created_real_ns = now(CLOCK_REALTIME) - 3600 * SECOND;
	f->header->created_mono_ns = now(CLOCK_MONOTONIC) - 3600 * SECOND;
	f->header->created_boot_ns = now(CLOCK_BOOTTIME) - 3600 * SECOND;
	read_boot_id(f->header->boot_id);
	set_region(f, 0, ST_REGION_CHUNKS, sizeof(struct st_chunk), chunk_count);
	set_region(f, 1, ST_REGION_PROCESSES, sizeof(struct st_process), PROCESSES);
	set_region(f, 2, ST_REGION_ROWS, sizeof(struct st_row), chunk_count * ST_ROWS_PER_CHUNK);
	f->chunks = (void *)(f->image + f->header->regions[0].offset);
	f->processes = (void *)(f->image + f->header->regions[1].offset);
	f->rows = (void *)(f->image + f->header->regions[2].offset);
}

static uint32_t add_process(struct forge *f, pid_t pid, const char *comm, const char *arguments)
{
	uint32_t index = f->header->high.processes_high++;
	struct st_process *p = &f->processes[index];
	struct stat ns;

	if (stat("/proc/self/ns/pid", &ns) < 0)
		err(1, "pid namespace");
	p->pid = pid;
	p->ppid = 1;
	p->uid = geteuid();
	p->pidns = ns.st_ino;
	p->attached_boot_ns = now(CLOCK_BOOTTIME);
	p->attached_ns = p->image_ns = now(CLOCK_MONOTONIC) - 60 * SECOND;
	p->exit_status = -1;
	snprintf(p->comm, sizeof(p->comm), "%s", comm);
	snprintf(p->cmdline, sizeof(p->cmdline), "%s", arguments);
	p->life = ST_LIFE(1, ST_OPEN);
	return index;
}

static struct st_row *add_row(struct forge *f, uint32_t process, int fd, int family, int type)
{
	struct st_process *p = &f->processes[process];
	struct st_row *row;

	if (!f->chunk[process] || f->used[process] == ST_ROWS_PER_CHUNK) {
		uint32_t chunk = f->header->high.chunks_high++;

		f->chunks[chunk].owner = ST_REF(process, 1);
		f->chunk[process] = chunk + 1;
		f->used[process] = 0;
	}
	row = &f->rows[(f->chunk[process] - 1) * ST_ROWS_PER_CHUNK + f->used[process]++];
	row->owner = ST_REF(process, 1);
	row->fd = fd;
	row->tid = p->pid;
	row->family = (uint16_t)family;
	row->type = (uint16_t)type;
	row->origin = ST_ORIGIN_SOCKET;
	row->state = ST_STATE_UNCONN;
	row->created_ns = row->changed_ns = now(CLOCK_MONOTONIC) - 30 * SECOND;
	row->life = ST_LIFE(1, ST_OPEN);
	p->totals.opened++;
	return row;
}

static uint64_t ref_of(const struct forge *f, const struct st_row *row)
{
	return ST_REF(row - f->rows, 1);
}

static void set_address(struct st_row *row, int cell, const void *address, size_t len)
{
	row->address[cell].len = (uint16_t)len;
	memcpy(row->address[cell].bytes, address, len);
	row->cells |= 1u << cell | (uint32_t)(cell + 1) << (cell ? 12 : 8);
}

static void set_local(struct st_row *row, const void *address, size_t len)
{
	set_address(row, 0, address, len);
}

static void set_peer(struct st_row *row, const void *address, size_t len)
{
	set_address(row, 1, address, len);
}

static struct sockaddr_in inet(const char *host, int port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	inet_pton(AF_INET, host, &in.sin_addr);
	return in;
}

static void set_inet(struct st_row *row, int port, int peer_port)
{
	struct sockaddr_in local = inet("127.0.0.1", port), peer = inet("127.0.0.1", peer_port);

	set_local(row, &local, sizeof(local));
	if (peer_port)
		set_peer(row, &peer, sizeof(peer));
}

static void set_path(struct st_row *row, const char *path, size_t len)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	memcpy(un.sun_path, path, len);
	set_local(row, &un, offsetof(struct sockaddr_un, sun_path) + len);
}

static void close_row(struct forge *f, uint32_t process, struct st_row *row)
{
	row->life = ST_LIFE(1, ST_CLOSED);
	row->closed_ns = row->created_ns + 2 * SECOND;
	row->closer = ST_CLOSER_CLOSE;
	row->closer_tid = row->tid;
	f->processes[process].totals.closed++;
}

static void exit_process(struct forge *f, uint32_t process, int status)
{
	f->processes[process].life = ST_LIFE(1, ST_CLOSED);
	f->processes[process].exit_status = status;
	f->processes[process].ended_ns = f->processes[process].attached_ns + 50 * SECOND;
}

/* The pid of a process that is no more. */
static pid_t dead_pid(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return pid;
}

/* --- rows of the scenes */

static struct st_row *add_listener(struct forge *f, uint32_t process)
{
	struct st_row *row = add_row(f, process, 3, AF_INET, SOCK_STREAM);

	set_inet(row, 8080, 0);
	row->state = ST_STATE_LISTEN;
	row->cookie = 100;
	row->bound_ns = row->created_ns + 1000;
	row->listen_ns = row->created_ns + 2000;
	row->backlog = 128;
	row->accepted = 1;
	row->options = ST_OPT_REUSEADDR | ST_OPT_CLOEXEC;
	row->options_known = ST_OPT_REUSEADDR | ST_OPT_REUSEPORT | ST_OPT_CLOEXEC;
	return row;
}

static void add_connection(struct forge *f, uint32_t process, uint64_t listener)
{
	struct st_row *row = add_row(f, process, 4, AF_INET, SOCK_STREAM);

	set_inet(row, 8080, 40000);
	row->state = ST_STATE_ESTAB;
	row->origin = ST_ORIGIN_ACCEPT;
	row->parent = listener;
	row->cookie = 101;
	row->inode = 4242;
	row->rx = (struct st_counters){ .bytes = 1234567, .calls = 20, .again = 3,
		.first_ns = row->created_ns + 5, .last_ns = row->created_ns + 10 * SECOND };
	row->tx = (struct st_counters){ .bytes = 99, .calls = 7, .errors = 2, .last_errno = EPIPE,
		.last_ns = row->created_ns + SECOND, .first_ns = row->created_ns + SECOND };
	row->options = ST_OPT_NODELAY | ST_OPT_LINGER;
	row->options_known = ST_OPT_NODELAY | ST_OPT_KEEPALIVE | ST_OPT_LINGER | ST_OPT_NONBLOCK;
	row->linger_s = 5;
	row->sndbuf = 65536;
	row->rcvtimeo_ms = 1500;
}

static void add_client(struct forge *f, uint32_t process)
{
	struct st_row *trying = add_row(f, process, 5, AF_INET, SOCK_STREAM);
	struct st_row *failed = add_row(f, process, 6, AF_INET, SOCK_STREAM);

	set_inet(trying, 40001, 81);
	trying->state = ST_STATE_CONNECTING;
	trying->connect_ns = trying->created_ns + 10;
	set_inet(failed, 40002, 82);
	failed->state = ST_STATE_FAILED;
	failed->connect_errno = ECONNREFUSED;
	failed->connect_ns = failed->created_ns + 10;
	failed->connected_ns = failed->connect_ns + 250000;
}

static void add_datagram(struct forge *f, uint32_t process)
{
	struct st_row *row = add_row(f, process, 7, AF_INET6, SOCK_DGRAM);
	struct sockaddr_in6 local = { .sin6_family = AF_INET6, .sin6_port = htons(5353) };
	struct sockaddr_in peer = inet("127.0.0.9", 53);
	struct in_addr group;

	set_local(row, &local, sizeof(local));
	row->flags = ST_ROW_EXTRA;
	row->state = ST_STATE_BOUND;
	row->dgram.peers[0].len = sizeof(peer);
	memcpy(row->dgram.peers[0].bytes, &peer, sizeof(peer));
	row->dgram.seen[0] = 1;
	row->dgram.peer_next = 1;
	inet_pton(AF_INET, "224.0.0.251", &group);
	row->dgram.groups[0] = (struct st_group){ .state = 2, .family = AF_INET, .ifindex = 1 };
	memcpy(row->dgram.groups[0].group, &group, sizeof(group));
}

static void add_unix(struct forge *f, uint32_t process)
{
	static const char abstract[] = "\0a\0b";
	struct st_row *named = add_row(f, process, 8, AF_UNIX, SOCK_STREAM);
	struct st_row *hidden = add_row(f, process, 9, AF_UNIX, SOCK_SEQPACKET);

	set_path(named, "/run/a b", 9);
	named->state = ST_STATE_LISTEN;
	named->listen_ns = named->created_ns + 1;
	named->rx.passed = 2;
	named->tx.passed = 1;
	set_path(hidden, abstract, sizeof(abstract) - 1);
}

static void add_others(struct forge *f, uint32_t process)
{
	struct st_row *netlink = add_row(f, process, 10, AF_NETLINK, SOCK_RAW);
	struct st_row *strange = add_row(f, process, 11, 44, SOCK_RAW);
	struct sockaddr_nl nl = { .nl_family = AF_NETLINK, .nl_pid = 77, .nl_groups = 5 };
	unsigned char bytes[] = { 44, 0, 0xde, 0xad };

	set_local(netlink, &nl, sizeof(nl));
	set_local(strange, bytes, sizeof(bytes));
}

static void add_closed(struct forge *f, uint32_t process)
{
	struct st_row *row = add_row(f, process, 12, AF_INET, SOCK_STREAM);

	set_inet(row, 40003, 83);
	row->state = ST_STATE_ESTAB;
	row->cookie = 112;
	row->flags = ST_ROW_EXTRA;
	row->tcp = (struct st_tcp_final){ .state = 1, .rtt_us = 150, .snd_cwnd = 10,
		.snd_mss = 65483, .bytes_acked = 12 };
	close_row(f, process, row);
}

/* --- the scenes */

/* One of everything, and processes that ended in both ways. */
static void sample(struct forge *f)
{
	uint32_t lives = add_process(f, f->pid, "server", "server --port 8080");
	uint32_t exited = add_process(f, dead_pid(), "done", "done");
	uint32_t killed = add_process(f, dead_pid(), "killed", "killed");

	add_connection(f, lives, ref_of(f, add_listener(f, lives)));
	add_client(f, lives);
	add_datagram(f, lives);
	add_unix(f, lives);
	add_others(f, lives);
	add_closed(f, lives);
	set_inet(add_row(f, exited, 3, AF_INET, SOCK_STREAM), 9001, 0);
	exit_process(f, exited, 3);
	set_inet(add_row(f, killed, 3, AF_INET, SOCK_STREAM), 9002, 0);
}

/* Names that would take over a terminal, break CSV or are no UTF-8. */
static void hostile(struct forge *f)
{
	static const char path[] = "/tmp/\"a,b\"\n\033[31m\xff\xc3\xa9";
	uint32_t process = add_process(f, f->pid, "\033]0;owned\a", "\033]0;owned\a \xff");

	set_path(add_row(f, process, 3, AF_UNIX, SOCK_STREAM), path, sizeof(path));
}

static void dead(struct forge *f)
{
	uint32_t process = add_process(f, dead_pid(), "killed", "killed");

	for (int fd = 3; fd < 6; fd++)
		set_inet(add_row(f, process, fd, AF_INET, SOCK_STREAM), 9000 + fd, 0);
}

static void lossy(struct forge *f)
{
	uint32_t process = add_process(f, f->pid, "busy", "busy");

	set_inet(add_row(f, process, 3, AF_INET, SOCK_STREAM), 9000, 0);
	f->processes[process].lost[ST_LOST_ROWS] = 7;
	f->header->lost[ST_LOST_PROCESSES] = 2;
}

/* It tried an exec long ago and was not heard of since. */
static void blind(struct forge *f)
{
	uint32_t process = add_process(f, f->pid, "go", "go");

	f->processes[process].exec_ns = f->processes[process].attached_ns + SECOND;
}

static void foreign(struct forge *f)
{
	uint32_t process = add_process(f, f->pid, "far", "far");

	set_inet(add_row(f, process, 3, AF_INET, SOCK_STREAM), 9000, 0);
	f->processes[process].pidns++;
}

static void empty(struct forge *f)
{
	(void)f;
}

static uint64_t many_count;

static void many(struct forge *f)
{
	uint32_t process = add_process(f, f->pid, "many", "many");

	for (uint64_t i = 0; i < many_count; i++) {
		struct st_row *row = add_row(f, process, (int)i + 3, AF_INET, SOCK_STREAM);

		set_inet(row, 1024 + (int)(i % 60000), 80);
		row->state = ST_STATE_ESTAB;
		row->cookie = 1000 + i;
		row->rx.bytes = i * 7919 % 1000003;
	}
}

static const struct scene {
	const char *name;
	void (*set)(struct forge *f);
} scenes[] = {
	{ "sample", sample }, { "hostile", hostile }, { "dead", dead }, { "lossy", lossy },
	{ "blind", blind }, { "foreign", foreign }, { "empty", empty }, { "many", many },
};

static void write_file(const struct forge *f, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || write(fd, f->image, f->size) != (ssize_t)f->size || close(fd) < 0)
		err(1, "%s", path);
}

int main(int argc, char **argv)
{
	const char *slash = argc > 1 ? strrchr(argv[1], '/') : NULL;
	struct forge f = { 0 };

	if (argc < 4)
		errx(2, "usage: forge FILE SCENE PID [N]");
	f.pid = atoi(argv[3]);
	many_count = argc > 4 ? strtoull(argv[4], NULL, 10) : 0;
	begin(&f, many_count);
	snprintf(f.header->name, sizeof(f.header->name), "%s", slash ? slash + 1 : argv[1]);
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		if (!strcmp(scenes[i].name, argv[2])) {
			scenes[i].set(&f);
			write_file(&f, argv[1]);
			free(f.image);
			return 0;
		}
	errx(2, "no scene %s", argv[2]);
}
