/* SPDX-License-Identifier: MIT
 *
 * What the kernel says, asked from outside: /proc for processes and their descriptors, sock_diag
 * for sockets. Nothing is borrowed from a process and nothing of it is stopped.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <linux/tcp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "socktab.h"

/* ------------------------------------------------------------------------- processes --- */

struct kernel_process {
	pid_t pid, ppid;	/* as we see them */
	pid_t inner_pid;	/* as it sees itself: the last of NSpid */
	bool zombie;
	char comm[16];
};

/* All that /proc shows, by pid, in an array that the caller frees; answers their number or
 * -errno. */
ssize_t kernel_processes(struct kernel_process **list);

/* The inode of a namespace ("net", "pid") of a process; 0: cannot be told. */
uint64_t kernel_namespace(pid_t pid, const char *kind);

/* Whether it was started with NAME=VALUE in its environment; false also when that is not known,
 * or when there is no NAME and `value` is not NULL. */
bool kernel_started_with(pid_t pid, const char *name, const char *value);

struct kernel_descriptor {
	int fd;
	uint64_t inode;
};

struct kernel_holdings {
	struct kernel_descriptor *sockets;	/* by number */
	size_t count;
	bool io_uring;		/* it has a ring */
};

/* Those of a process's main thread. 0 or -errno; free in either case. */
int kernel_holdings_take(pid_t pid, struct kernel_holdings *holdings);
void kernel_holdings_free(struct kernel_holdings *holdings);
/* NULL: it is no socket, or not open. */
const struct kernel_descriptor *kernel_holdings_find(const struct kernel_holdings *holdings,
						     int fd);

/* The protocol of any socket, as the kernel spells it (TCP, UNIX-STREAM); "": not told. */
void kernel_protocol_name(pid_t pid, int fd, char *buf, size_t size);

enum kernel_act {		/* what a call does to a socket */
	KERNEL_SENDS = 1, KERNEL_RECEIVES = 2, KERNEL_CHANGES = 4,
};

/* Whether a thread of the process is inside of a call that does that to `fd`. */
bool kernel_call_under_way(pid_t pid, int fd, enum kernel_act act);

/* --------------------------------------------------------------------------- sockets --- */

/* States of TCP; the other families use these numbers, too. */
enum kernel_state {
	KERNEL_ESTABLISHED = 1, KERNEL_SYN_SENT, KERNEL_SYN_RECV, KERNEL_FIN_WAIT1,
	KERNEL_FIN_WAIT2, KERNEL_TIME_WAIT, KERNEL_CLOSE, KERNEL_CLOSE_WAIT, KERNEL_LAST_ACK,
	KERNEL_LISTEN, KERNEL_CLOSING, KERNEL_NEW_SYN_RECV, KERNEL_BOUND_INACTIVE,
};

const char *kernel_state_name(unsigned int state);	/* as ss spells it */

struct kernel_socket {
	uint64_t inode, cookie;
	int family, type, protocol;	/* type 0: any */
	unsigned int state;		/* enum kernel_state; 0: not told */
	struct socktab_address local, peer;	/* len 0: none, or it says nothing */
	uint32_t receive_queue, send_queue;	/* bytes */
	char upper[16];		/* protocol on top of TCP (tls); "": none */
	bool has_tcp;
	struct tcp_info tcp;
};

/* All sockets of a network namespace at one moment, more or less. */
struct kernel_sockets;

/* Of the namespace that the process is in. Families that this kernel has no sock_diag for are left
 * out. 0; -ENOSYS: built without libmnl; -EPERM: another namespace, which we may not enter; other
 * -errno. */
int kernel_sockets_take(struct kernel_sockets **sockets, pid_t pid);
void kernel_sockets_free(struct kernel_sockets *sockets);

const struct kernel_socket *kernel_by_inode(const struct kernel_sockets *sockets, uint64_t inode);
const struct kernel_socket *kernel_by_cookie(const struct kernel_sockets *sockets,
					     uint64_t cookie);

/* Whether all sockets of that kind that have an address or a peer are in the set. */
bool kernel_lists(const struct kernel_sockets *sockets, int family, int protocol);

/* An address of any host and no port, or an unnamed one. */
bool kernel_says_nothing(const struct socktab_address *address);

#endif
