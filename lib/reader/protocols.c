/* SPDX-License-Identifier: MIT
 *
 * Here we name protocols, as ss(8) does where it has one word for them.
 */
#include <netinet/in.h>
#include <stdio.h>

#include "reader.h"

#define SMC_FAMILY 43

static const char *inet_name(int type, int protocol)
{
	switch (protocol) {
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_ICMPV6:
		return "icmp6";
	case IPPROTO_SCTP:
		return type == SOCK_RAW ? "raw" : "sctp";
	case 262:	/* IPPROTO_MPTCP */
		return "mptcp";
	case IPPROTO_UDPLITE:
		return type == SOCK_RAW ? "raw" : "udplite";
	}
	if (type == SOCK_RAW)
		return "raw";
	if (type == SOCK_STREAM && (protocol == 0 || protocol == IPPROTO_TCP))
		return "tcp";
	if (type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP))
		return "udp";
	return type == SOCK_DCCP ? "dccp" : NULL;
}

static const char *netlink_name(int protocol)
{
	static const char *const words[] = {
		"route", "unused", "usersock", "firewall", "sock-diag", "nflog", "xfrm",
		"selinux", "iscsi", "audit", "fib-lookup", "connector", "netfilter", "ip6-fw",
		"dnrtmsg", "kobject-uevent", "generic", NULL, "scsitransport", "ecryptfs",
		"rdma", "crypto", "smc",
	};

	return protocol >= 0 && (size_t)protocol < sizeof words / sizeof words[0] ?
	       words[protocol] : NULL;
}

static int netlink_text(int protocol, char *buf, size_t size)
{
	const char *name = netlink_name(protocol);

	return name ? snprintf(buf, size, "netlink-%s", name) :
		      snprintf(buf, size, "netlink-%d", protocol);
}

/* Families that people know by their own name, whatever the type. */
static const char *whole_name(const struct socktab_row *row)
{
	switch (row->family) {
	case AF_INET:
	case AF_INET6:
		return inet_name(row->type, row->protocol);
	case AF_PACKET:
	case AF_ALG:
	case SMC_FAMILY:
	case 44:	/* AF_XDP */
		return socktab_family_name(row->family);
	default:
		return NULL;
	}
}

int socktab_proto_text(const struct socktab_row *row, char *buf, size_t size)
{
	const char *family = socktab_family_name(row->family);
	const char *type = socktab_type_name(row->type);
	const char *name = whole_name(row);

	if (name)
		return snprintf(buf, size, "%s", name);
	if (row->family == AF_NETLINK)
		return netlink_text(row->protocol, buf, size);
	if (family && type && row->protocol == 0)
		return snprintf(buf, size, "%s-%s", family, type);
	if (family && type && row->family != AF_INET && row->family != AF_INET6)
		return snprintf(buf, size, "%s-%s/%d", family, type, row->protocol);
	return snprintf(buf, size, "af%d/%d/%d", row->family, row->type, row->protocol);
}
