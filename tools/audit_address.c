/* SPDX-License-Identifier: MIT
 *
 * Here we compare an address of the table with the kernel's.
 */
#include "config.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "audit.h"


/* The length of its path, without the NUL that a path may end in; an abstract one may end in
 * some that count. */
static size_t path_len(const struct socktab_address *address)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
	size_t len = address->len;

	if (len <= offsetof(struct sockaddr_un, sun_path))
		return 0;
	len -= offsetof(struct sockaddr_un, sun_path);
	return un->sun_path[0] ? strnlen(un->sun_path, len) : len;
}

static bool same_path(const struct socktab_address *a, const struct socktab_address *b)
{
	size_t at = offsetof(struct sockaddr_un, sun_path), len = path_len(a);

	if (a->cut || b->cut)
		return true;
	return len == path_len(b) &&
	       !memcmp((const char *)&a->storage + at, (const char *)&b->storage + at, len);
}

static bool same_inet(const struct socktab_address *a, const struct socktab_address *b)
{
	const struct sockaddr_in *p = (const struct sockaddr_in *)&a->storage,
				 *q = (const struct sockaddr_in *)&b->storage;

	return p->sin_port == q->sin_port && p->sin_addr.s_addr == q->sin_addr.s_addr;
}

/* sock_diag does not tell the scope. */
static bool same_inet6(const struct socktab_address *a, const struct socktab_address *b)
{
	const struct sockaddr_in6 *p = (const struct sockaddr_in6 *)&a->storage,
				  *q = (const struct sockaddr_in6 *)&b->storage;

	return p->sin6_port == q->sin6_port && IN6_ARE_ADDR_EQUAL(&p->sin6_addr, &q->sin6_addr);
}

/* Groups are joined one by one and not told here. */
static bool same_netlink(const struct socktab_address *a, const struct socktab_address *b)
{
	const struct sockaddr_nl *p = (const struct sockaddr_nl *)&a->storage,
				 *q = (const struct sockaddr_nl *)&b->storage;

	return p->nl_pid == q->nl_pid;
}

bool same_address(const struct socktab_address *a, const struct socktab_address *b)
{
	bool nothing = kernel_says_nothing(a);

	if (nothing || kernel_says_nothing(b))
		return nothing == kernel_says_nothing(b);
	if (a->sa.sa_family != b->sa.sa_family)
		return false;
	switch (a->sa.sa_family) {
	case AF_UNIX:
		return same_path(a, b);
	case AF_INET:
		return same_inet(a, b);
	case AF_INET6:
		return same_inet6(a, b);
	case AF_NETLINK:
		return same_netlink(a, b);
	}
	return true;
}
