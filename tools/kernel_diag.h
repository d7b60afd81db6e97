/* SPDX-License-Identifier: MIT
 *
 * Between the files that ask sock_diag: kernel_sockets.c keeps the answers, kernel_diag.c carries
 * questions and answers, kernel_diag_*.c know the families.
 */
#ifndef KERNEL_DIAG_H
#define KERNEL_DIAG_H

#include <libmnl/libmnl.h>

#include "kernel.h"

/* A question about all sockets of one kind. */
struct diag_kind {
	int family, protocol;	/* protocol 0: the family has one kind */
	size_t size;		/* of the request */
	/* Fills the request, which is zeroed. */
	void (*ask)(const struct diag_kind *, void *request);
	/* Makes a socket of an answer; false: it is not worth one. */
	bool (*read)(const struct diag_kind *, const struct nlmsghdr *, struct kernel_socket *);
};

extern const struct diag_kind diag_inet_kinds[], diag_local_kinds[];	/* size 0 ends them */

/* Calls `take` with each socket. 0 or -errno: -ENOENT when the kernel knows no such kind. */
int diag_dump(struct mnl_socket *netlink, const struct diag_kind *kind,
	      void (*take)(void *, const struct kernel_socket *), void *what);

/* Enters the network namespace of a process for as long as it takes to open one. NULL: errno. */
struct mnl_socket *diag_open(pid_t pid);

/* The attribute of that type, NULL when there is none; `size` is that of the fixed part. */
const struct nlattr *diag_attribute(const struct nlmsghdr *answer, size_t size, int type);

#endif
