/* SPDX-License-Identifier: MIT
 *
 * Here we keep what sock_diag says of the sockets of a network namespace, to be found by inode
 * and by cookie.
 */
#include "config.h"

#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "kernel.h"

const char *kernel_state_name(unsigned int state)
{
	static const char *const names[] = {
		[KERNEL_ESTABLISHED] = "ESTAB", [KERNEL_SYN_SENT] = "SYN-SENT",
		[KERNEL_SYN_RECV] = "SYN-RECV", [KERNEL_FIN_WAIT1] = "FIN-WAIT-1",
		[KERNEL_FIN_WAIT2] = "FIN-WAIT-2", [KERNEL_TIME_WAIT] = "TIME-WAIT",
		[KERNEL_CLOSE] = "UNCONN", [KERNEL_CLOSE_WAIT] = "CLOSE-WAIT",
		[KERNEL_LAST_ACK] = "LAST-ACK", [KERNEL_LISTEN] = "LISTEN",
		[KERNEL_CLOSING] = "CLOSING", [KERNEL_NEW_SYN_RECV] = "SYN-RECV",
		[KERNEL_BOUND_INACTIVE] = "UNCONN",
	};

	return state && state < sizeof(names) / sizeof(*names) ? names[state] : "UNKNOWN";
}

bool kernel_says_nothing(const struct socktab_address *address)
{
	const struct sockaddr_in *four = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
	const struct sockaddr_nl *netlink = (const struct sockaddr_nl *)&address->storage;

	if (address->len <= sizeof(sa_family_t))
		return true;
	switch (address->sa.sa_family) {
	case AF_INET:
		return !four->sin_addr.s_addr && !four->sin_port;
	case AF_INET6:
		return IN6_IS_ADDR_UNSPECIFIED(&six->sin6_addr) && !six->sin6_port;
	case AF_NETLINK:
		return !netlink->nl_pid;
	}
	return false;
}

#ifdef HAVE_LIBMNL

#include "by_number.h"
#include "kernel_diag.h"

#define KINDS_MAX 32

struct entry {
	struct kernel_socket socket;
	UT_hash_handle by_inode, by_cookie;
};

struct kernel_sockets {
	struct entry *inodes, *cookies;		/* the same ones, twice */
	const struct diag_kind *listed[KINDS_MAX];	/* kinds that the kernel answered for */
	size_t listed_count;
};

/* A socket may be told twice when others come and go meanwhile. */
static void take(void *what, const struct kernel_socket *socket)
{
	struct kernel_sockets *sockets = what;
	struct entry *entry;

	HASH_FIND(by_inode, sockets->inodes, &socket->inode, sizeof(socket->inode), entry);
	if (entry)
		return;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		abort();
	entry->socket = *socket;
	HASH_ADD(by_inode, sockets->inodes, socket.inode, sizeof(socket->inode), entry);
	HASH_ADD(by_cookie, sockets->cookies, socket.cookie, sizeof(socket->cookie), entry);
}

static int ask_all(struct kernel_sockets *sockets, struct mnl_socket *netlink,
		   const struct diag_kind *kinds)
{
	for (const struct diag_kind *kind = kinds; kind->size; kind++) {
		int code = diag_dump(netlink, kind, take, sockets);

		if (code == 0)
			sockets->listed[sockets->listed_count++] = kind;
		else if (code != -ENOENT)
			return code;
	}
	return 0;
}

int kernel_sockets_take(struct kernel_sockets **sockets, pid_t pid)
{
	struct mnl_socket *netlink = diag_open(pid);
	int code;

	*sockets = NULL;
	if (!netlink)
		return -errno;
	*sockets = calloc(1, sizeof(**sockets));
	if (!*sockets)
		abort();
	code = ask_all(*sockets, netlink, diag_inet_kinds);
	if (!code)
		code = ask_all(*sockets, netlink, diag_local_kinds);
	mnl_socket_close(netlink);
	if (code) {
		kernel_sockets_free(*sockets);
		*sockets = NULL;
	}
	return code;
}

void kernel_sockets_free(struct kernel_sockets *sockets)
{
	struct entry *entry, *next;

	if (!sockets)
		return;
	HASH_CLEAR(by_cookie, sockets->cookies);
	HASH_ITER(by_inode, sockets->inodes, entry, next) {
		HASH_DELETE(by_inode, sockets->inodes, entry);
		free(entry);
	}
	free(sockets);
}

const struct kernel_socket *kernel_by_inode(const struct kernel_sockets *sockets, uint64_t inode)
{
	struct entry *entry = NULL;

	if (sockets)
		HASH_FIND(by_inode, sockets->inodes, &inode, sizeof(inode), entry);
	return entry ? &entry->socket : NULL;
}

const struct kernel_socket *kernel_by_cookie(const struct kernel_sockets *sockets,
					     uint64_t cookie)
{
	struct entry *entry = NULL;

	if (sockets && cookie)
		HASH_FIND(by_cookie, sockets->cookies, &cookie, sizeof(cookie), entry);
	return entry ? &entry->socket : NULL;
}

bool kernel_lists(const struct kernel_sockets *sockets, int family, int protocol)
{
	for (size_t i = 0; sockets && i < sockets->listed_count; i++)
		if (sockets->listed[i]->family == family &&
		    (!sockets->listed[i]->protocol || sockets->listed[i]->protocol == protocol))
			return true;
	return false;
}

#else /* without libmnl nothing is known of them */

int kernel_sockets_take(struct kernel_sockets **sockets, pid_t pid)
{
	(void)pid;
	*sockets = NULL;
	return -ENOSYS;
}

void kernel_sockets_free(struct kernel_sockets *sockets)
{
	(void)sockets;
}

const struct kernel_socket *kernel_by_inode(const struct kernel_sockets *sockets, uint64_t inode)
{
	(void)sockets, (void)inode;
	return NULL;
}

const struct kernel_socket *kernel_by_cookie(const struct kernel_sockets *sockets,
					     uint64_t cookie)
{
	(void)sockets, (void)cookie;
	return NULL;
}

bool kernel_lists(const struct kernel_sockets *sockets, int family, int protocol)
{
	(void)sockets, (void)family, (void)protocol;
	return false;
}

#endif
