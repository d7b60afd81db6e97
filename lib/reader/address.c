/* SPDX-License-Identifier: MIT
 *
 * Here we spell addresses. What we cannot spell is shown as hex, never dropped.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "reader.h"

/* A buffer that is filled like snprintf fills it: `len` goes on when the room does not. */
struct text {
	char *buf;
	size_t size, len;
};

__attribute__((format(printf, 2, 3)))
static void add(struct text *text, const char *format, ...)
{
	size_t room = text->len < text->size ? text->size - text->len : 0;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(room ? text->buf + text->len : NULL, room, format, args);
	va_end(args);
	text->len += n > 0 ? (size_t)n : 0;
}

void st_address_take(struct socktab_address *address, const uint8_t *bytes, size_t len,
		     size_t room)
{
	if (len < sizeof(sa_family_t))
		return;
	address->cut = len > room;
	address->len = (socklen_t)(len > room ? room : len);
	memcpy(&address->storage, bytes, address->len);
}

/* Numbers are in network order. */
static void add_inet_host(struct text *text, const void *host, int family, uint32_t scope)
{
	char spelt[INET6_ADDRSTRLEN];

	inet_ntop(family, host, spelt, sizeof spelt);
	add(text, "%s", spelt);
	if (scope)
		add(text, "%%%" PRIu32, scope);
}

static void add_port(struct text *text, in_port_t port)
{
	if (port)
		add(text, ":%u", ntohs(port));
	else
		add(text, ":*");
}

static void add_inet(struct text *text, const struct sockaddr_in *in)
{
	if (in->sin_addr.s_addr == htonl(INADDR_ANY))
		add(text, "*");
	else
		add_inet_host(text, &in->sin_addr, AF_INET, 0);
	add_port(text, in->sin_port);
}

static void add_inet6(struct text *text, const struct sockaddr_in6 *in6)
{
	if (IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr)) {
		add(text, "*");
	} else {
		add(text, "[");
		add_inet_host(text, &in6->sin6_addr, AF_INET6, in6->sin6_scope_id);
		add(text, "]");
	}
	add_port(text, in6->sin6_port);
}

/* unix(7): no path at all is unnamed; one that starts with NUL is abstract, counted and not
 * ended; else a path that ends at a NUL or at the end. NULs are shown as the kernel's
 * /proc/net/unix shows them. */
static void add_unix(struct text *text, const struct sockaddr_un *un, size_t len)
{
	const char *path = (const char *)un + offsetof(struct sockaddr_un, sun_path);
	size_t n = len - offsetof(struct sockaddr_un, sun_path);

	if (n == 0) {
		add(text, "*");
		return;
	}
	if (path[0] != '\0')
		n = strnlen(path, n);
	for (size_t i = 0; i < n; i++)
		add(text, "%c", path[i] ? path[i] : '@');
}

static void add_vsock_word(struct text *text, uint32_t word)
{
	if (word == VMADDR_CID_ANY)
		add(text, "*");
	else
		add(text, "%" PRIu32, word);
}

static void add_vsock(struct text *text, const struct sockaddr_vm *vm)
{
	add_vsock_word(text, vm->svm_cid);
	add(text, ":");
	add_vsock_word(text, vm->svm_port);
}

static void add_netlink(struct text *text, const struct sockaddr_nl *nl)
{
	if (nl->nl_pid)
		add(text, "pid:%" PRIu32, nl->nl_pid);
	else
		add(text, "kernel");
}

static void add_interface(struct text *text, int ifindex)
{
	if (ifindex)
		add(text, "if%d", ifindex);
	else
		add(text, "*");
}

static void add_packet(struct text *text, const struct sockaddr_ll *ll)
{
	add_interface(text, ll->sll_ifindex);
	if (ll->sll_protocol)
		add(text, ":%04x", ntohs(ll->sll_protocol));
	else
		add(text, ":*");
}

static void add_hex(struct text *text, const struct socktab_address *address)
{
	const uint8_t *bytes = (const uint8_t *)&address->storage;

	add(text, "af%u:", address->sa.sa_family);
	for (socklen_t i = sizeof(sa_family_t); i < address->len; i++)
		add(text, "%02x", bytes[i]);
	if (address->cut)
		add(text, "...");
}

/* The address is of this family, and whole. */
static bool is(const struct socktab_address *address, int family, size_t least)
{
	return address->len >= sizeof(sa_family_t) && address->len >= least &&
	       address->sa.sa_family == family;
}

/* inet6: from before there were scopes. packet: the hardware address may be left out. */
#define IN6_LEAST	offsetof(struct sockaddr_in6, sin6_scope_id)
#define IN_LEAST	offsetof(struct sockaddr_in, sin_zero)
#define NETLINK_LEAST	offsetof(struct sockaddr_nl, nl_groups)
#define PACKET_LEAST	offsetof(struct sockaddr_ll, sll_hatype)
#define VSOCK_LEAST	(offsetof(struct sockaddr_vm, svm_cid) + sizeof(unsigned))

int socktab_address_text(const struct socktab_address *address, char *buf, size_t size)
{
	const void *sa = &address->storage;
	struct text text = { .buf = buf, .size = size };

	if (size)
		buf[0] = '\0';
	if (address->len < sizeof(sa_family_t) || address->len > sizeof address->storage)
		add(&text, "-");
	else if (is(address, AF_INET, IN_LEAST))
		add_inet(&text, sa);
	else if (is(address, AF_INET6, IN6_LEAST))
		add_inet6(&text, sa);
	else if (is(address, AF_UNIX, 0))
		add_unix(&text, sa, address->len);
	else if (is(address, AF_VSOCK, VSOCK_LEAST))
		add_vsock(&text, sa);
	else if (is(address, AF_NETLINK, NETLINK_LEAST))
		add_netlink(&text, sa);
	else if (is(address, AF_PACKET, PACKET_LEAST))
		add_packet(&text, sa);
	else
		add_hex(&text, address);
	return (int)text.len;
}

/* Unlike in socktab_address_text, any host is the number that it is: 0.0.0.0, ::. */
int socktab_address_host(const struct socktab_address *address, char *buf, size_t size)
{
	const struct sockaddr_in *in = (const void *)&address->storage;
	const struct sockaddr_in6 *in6 = (const void *)&address->storage;
	const struct sockaddr_vm *vm = (const void *)&address->storage;
	const struct sockaddr_ll *ll = (const void *)&address->storage;
	struct text text = { .buf = buf, .size = size };

	if (size)
		buf[0] = '\0';
	if (is(address, AF_INET, IN_LEAST))
		add_inet_host(&text, &in->sin_addr, AF_INET, 0);
	else if (is(address, AF_INET6, IN6_LEAST))
		add_inet_host(&text, &in6->sin6_addr, AF_INET6, in6->sin6_scope_id);
	else if (is(address, AF_VSOCK, VSOCK_LEAST))
		add_vsock_word(&text, vm->svm_cid);
	else if (is(address, AF_PACKET, PACKET_LEAST))
		add_interface(&text, ll->sll_ifindex);
	return (int)text.len;
}

long socktab_address_port(const struct socktab_address *address)
{
	const struct sockaddr_in *in = (const void *)&address->storage;
	const struct sockaddr_in6 *in6 = (const void *)&address->storage;
	const struct sockaddr_vm *vm = (const void *)&address->storage;

	if (is(address, AF_INET, IN_LEAST))
		return ntohs(in->sin_port);
	if (is(address, AF_INET6, IN6_LEAST))
		return ntohs(in6->sin6_port);
	if (is(address, AF_VSOCK, VSOCK_LEAST))
		return vm->svm_port == VMADDR_PORT_ANY ? 0 : (long)vm->svm_port;
	return -1;
}
