/* SPDX-License-Identifier: MIT
 *
 * Here are the kinds of values that name the ends of sockets: addresses, peers, multicast groups.
 */
#include "config.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "value.h"

static void put_family(struct json_object *object, const char *name)
{
	json_put(object, "family", json_object_new_string(name));
}

/* --- one address as JSON; each answers false when the bytes are too few for the family */

static bool put_inet(struct json_object *object, const struct socktab_address *address)
{
	const struct sockaddr_in *in = (const void *)&address->storage;
	char text[INET_ADDRSTRLEN];

	if (address->len < sizeof(*in))
		return false;
	put_family(object, "inet");
	inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
	json_put(object, "addr", json_object_new_string(text));
	json_put_number(object, "port", ntohs(in->sin_port));
	return true;
}

static bool put_inet6(struct json_object *object, const struct socktab_address *address)
{
	const struct sockaddr_in6 *in6 = (const void *)&address->storage;
	char text[INET6_ADDRSTRLEN];

	if (address->len < offsetof(struct sockaddr_in6, sin6_scope_id))
		return false;
	put_family(object, "inet6");
	inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
	json_put(object, "addr", json_object_new_string(text));
	json_put_number(object, "port", ntohs(in6->sin6_port));
	if (address->len >= sizeof(*in6) && in6->sin6_scope_id)
		json_put_number(object, "scope", in6->sin6_scope_id);
	return true;
}

static bool put_unix(struct json_object *object, const struct socktab_address *address)
{
	const char *path = ((const struct sockaddr_un *)&address->storage)->sun_path;
	size_t room = address->len - offsetof(struct sockaddr_un, sun_path);

	put_family(object, "unix");
	if (address->len <= offsetof(struct sockaddr_un, sun_path))
		json_put(object, "path", NULL);
	else if (path[0])
		json_put(object, "path", json_text(path, strnlen(path, room)));
	else
		json_put(object, "abstract", json_text(path + 1, room - 1));
	return true;
}

static bool put_netlink(struct json_object *object, const struct socktab_address *address)
{
	const struct sockaddr_nl *nl = (const void *)&address->storage;

	if (address->len < sizeof(*nl))
		return false;
	put_family(object, "netlink");
	json_put_number(object, "portid", nl->nl_pid);
	json_put_number(object, "groups", nl->nl_groups);
	return true;
}

static bool put_vsock(struct json_object *object, const struct socktab_address *address)
{
	const struct sockaddr_vm *vm = (const void *)&address->storage;

	if (address->len < sizeof(*vm))
		return false;
	put_family(object, "vsock");
	json_put_number(object, "cid", vm->svm_cid);
	json_put_number(object, "port", vm->svm_port);
	return true;
}

static bool put_packet(struct json_object *object, const struct socktab_address *address)
{
	const struct sockaddr_ll *ll = (const void *)&address->storage;

	if (address->len < offsetof(struct sockaddr_ll, sll_hatype))
		return false;
	put_family(object, "packet");
	json_put_number(object, "ifindex", (uint32_t)ll->sll_ifindex);
	json_put_number(object, "protocol", ntohs(ll->sll_protocol));
	return true;
}

static void put_hex(struct json_object *object, const struct socktab_address *address)
{
	const unsigned char *bytes = (const void *)&address->storage;
	char hex[2 * sizeof(address->storage) + 1] = "";
	size_t at = 0;

	for (socklen_t i = sizeof(sa_family_t); i < address->len; i++, at += 2)
		snprintf(hex + at, 3, "%02x", bytes[i]);
	json_put_number(object, "family", address->sa.sa_family);
	json_put(object, "hex", json_object_new_string(hex));
}

static bool put_spelt(struct json_object *object, const struct socktab_address *address)
{
	switch (address->sa.sa_family) {
	case AF_INET: return put_inet(object, address);
	case AF_INET6: return put_inet6(object, address);
	case AF_UNIX: return put_unix(object, address);
	case AF_NETLINK: return put_netlink(object, address);
	case AF_VSOCK: return put_vsock(object, address);
	case AF_PACKET: return put_packet(object, address);
	default: return false;
	}
}

struct json_object *json_address(const struct socktab_address *address)
{
	struct json_object *object;

	if (address->len < sizeof(sa_family_t))
		return NULL;
	object = json_object_new_object();
	if (!put_spelt(object, address))
		put_hex(object, address);
	if (address->cut)
		json_put(object, "cut", json_object_new_boolean(true));
	return object;
}

/* --- the kind */

static int address_text(const struct value *v, char *buf, size_t size)
{
	return socktab_address_text(v->address, buf, size);
}

static struct json_object *address_json(const struct value *v)
{
	return json_address(v->address);
}

/* By host and then by port, not by the bytes, where the port stands first. */
static int compare_hosts(const struct socktab_address *a, const struct socktab_address *b)
{
	const struct sockaddr_in *a4 = (const void *)&a->storage, *b4 = (const void *)&b->storage;
	const struct sockaddr_in6 *a6 = (const void *)&a->storage, *b6 = (const void *)&b->storage;

	if (a->sa.sa_family == AF_INET)
		return memcmp(&a4->sin_addr, &b4->sin_addr, sizeof(a4->sin_addr));
	if (a->sa.sa_family == AF_INET6)
		return memcmp(&a6->sin6_addr, &b6->sin6_addr, sizeof(a6->sin6_addr));
	return memcmp(&a->storage, &b->storage, a->len < b->len ? a->len : b->len);
}

static int address_compare(const struct value *va, const struct value *vb)
{
	const struct socktab_address *a = va->address, *b = vb->address;
	long pa = socktab_address_port(a), pb = socktab_address_port(b);
	int order = a->sa.sa_family - b->sa.sa_family;

	if (!order)
		order = compare_hosts(a, b);
	if (!order)
		order = (pa > pb) - (pa < pb);
	return order ? order : (a->len > b->len) - (a->len < b->len);
}

const struct kind address_kind = {
	"", false, address_text, address_text, address_json, address_compare
};

/* --- peers of a datagram socket */

static int peers_text(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%u", v->row->peers);
}

static struct json_object *peers_json(const struct value *v)
{
	struct json_object *object = json_object_new_object(), *last = json_object_new_array();

	for (uint32_t i = 0; i < v->row->peer_count; i++)
		json_object_array_add(last, json_address(&v->row->last_peers[i]));
	json_put_number(object, "count", v->row->peers);
	json_put(object, "last", last);
	return object;
}

static int peers_compare(const struct value *a, const struct value *b)
{
	return (a->row->peers > b->row->peers) - (a->row->peers < b->row->peers);
}

const struct kind peers_kind = {
	"", true, peers_text, peers_text, peers_json, peers_compare
};

/* --- multicast memberships */

static void group_host(const struct socktab_group *group, char *buf, size_t size)
{
	if (!inet_ntop(group->family, group->group, buf, (socklen_t)size))
		snprintf(buf, size, "%u", group->ifindex);
}

static int groups_text(const struct value *v, char *buf, size_t size)
{
	char host[INET6_ADDRSTRLEN];
	int len = 0;

	buf[0] = '\0';
	for (uint32_t i = 0; i < v->row->group_count && (size_t)len < size; i++) {
		const struct socktab_group *group = &v->row->groups[i];
		bool device = group->ifindex &&
			      (group->family == AF_INET || group->family == AF_INET6);

		group_host(group, host, sizeof(host));
		len += snprintf(buf + len, size - (size_t)len, "%s%s", i ? "," : "", host);
		if (device && (size_t)len < size)
			len += snprintf(buf + len, size - (size_t)len, "%%%u", group->ifindex);
	}
	if (v->row->groups_lost && (size_t)len < size)
		len += snprintf(buf + len, size - (size_t)len, "+%u", v->row->groups_lost);
	return len;
}

static struct json_object *groups_json(const struct value *v)
{
	struct json_object *array = json_object_new_array();
	char host[INET6_ADDRSTRLEN];

	for (uint32_t i = 0; i < v->row->group_count; i++) {
		const struct socktab_group *group = &v->row->groups[i];
		struct json_object *object = json_object_new_object();
		const char *family = socktab_family_name(group->family);

		json_put(object, "family", family ? json_object_new_string(family) :
						    json_object_new_int(group->family));
		if (inet_ntop(group->family, group->group, host, sizeof(host)))
			json_put(object, "addr", json_object_new_string(host));
		json_put_number(object, "ifindex", group->ifindex);
		json_object_array_add(array, object);
	}
	return array;
}

static int groups_compare(const struct value *a, const struct value *b)
{
	return (int)a->row->group_count - (int)b->row->group_count;
}

const struct kind groups_kind = {
	"", false, groups_text, groups_text, groups_json, groups_compare
};
