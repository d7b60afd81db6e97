/* SPDX-License-Identifier: MIT
 *
 * What the kernel says of the processes below this one: the judge of every table.
 *
 * /proc/PID/fd names the sockets that a process holds. What a socket is (family, addresses,
 * state, options, cookie) is asked of the socket itself, borrowed by pidfd_getfd: that knows
 * also the sockets that /proc/net and sock_diag leave out (unbound ones, rare families, other
 * network namespaces).
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/types.h>

/* Live descendants of this process (no zombies), by pid. Returns how many there are. */
size_t kernel_descendants(pid_t *pids, size_t max);

/* Waits until all of them sleep, a moment at most: one that waits for its child of vfork never
 * does. */
void kernel_wait_until_quiet(void);

struct kernel_descriptor {
	int fd;
	bool socket;
	bool cloexec;
	uint64_t inode;		/* of a socket */
	char kind[32];		/* what the link says, without its number */
};

/* Of the whole process, by number. 0 when it is gone. */
size_t kernel_descriptors(pid_t pid, struct kernel_descriptor *list, size_t max);

/* One line of what a process holds that must be the same in a bare run: descriptors and their
 * kinds, threads, signal dispositions. */
void kernel_print_holdings(pid_t pid, FILE *to);

/* A descriptor of the same socket in this process, -errno. */
int kernel_borrow(pid_t pid, int fd);

struct kernel_socket {
	uint64_t cookie;
	int family, type, protocol;
	bool listening, nonblock;
	int tcp_state;		/* 0: not TCP */
	/* len 0: none; addresses that say nothing (any host and no port, unnamed) are none. */
	struct sockaddr_storage local, peer;
	socklen_t local_len, peer_len;
	bool connected;		/* getpeername succeeds */
};

void kernel_examine(int fd, struct kernel_socket *socket);

/* An address of any host and no port, or unnamed. */
bool kernel_says_nothing(const struct sockaddr_storage *address, socklen_t len, int type);

#endif
