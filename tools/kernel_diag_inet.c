/* SPDX-License-Identifier: MIT
 *
 * Here we ask sock_diag about TCP, UDP and raw sockets.
 */
#include "config.h"

#ifdef HAVE_LIBMNL

#include <linux/inet_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "kernel_diag.h"

/* Those in TIME_WAIT belong to nobody, and there may be very many. */
static void ask(const struct diag_kind *kind, void *request)
{
	struct inet_diag_req_v2 *r = request;

	r->sdiag_family = (uint8_t)kind->family;
	r->sdiag_protocol = (uint8_t)kind->protocol;
	r->idiag_states = ~(1u << KERNEL_TIME_WAIT | 1u << KERNEL_NEW_SYN_RECV);
	if (kind->protocol == IPPROTO_TCP)
		r->idiag_ext = 1 << (INET_DIAG_INFO - 1);
}

static void set_address(struct socktab_address *address, int family, const uint32_t *host,
			uint16_t port)
{
	struct sockaddr_in *four = (struct sockaddr_in *)&address->storage;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address->storage;

	address->sa.sa_family = (sa_family_t)family;
	if (family == AF_INET) {
		address->len = sizeof(*four);
		four->sin_port = port;
		memcpy(&four->sin_addr, host, sizeof(four->sin_addr));
	} else {
		address->len = sizeof(*six);
		six->sin6_port = port;
		memcpy(&six->sin6_addr, host, sizeof(six->sin6_addr));
	}
	if (kernel_says_nothing(address))
		address->len = 0;
}

/* An older kernel tells less. */
static void read_tcp_info(const struct nlmsghdr *answer, struct kernel_socket *socket)
{
	const struct nlattr *info = diag_attribute(answer, sizeof(struct inet_diag_msg),
						   INET_DIAG_INFO);
	size_t len = info ? mnl_attr_get_payload_len(info) : 0;

	if (len > sizeof(socket->tcp))
		len = sizeof(socket->tcp);
	if (len)
		memcpy(&socket->tcp, mnl_attr_get_payload(info), len);
	socket->has_tcp = len >= offsetof(struct tcp_info, tcpi_bytes_retrans) + 8;
}

static void read_upper(const struct nlmsghdr *answer, struct kernel_socket *socket)
{
	const struct nlattr *upper = diag_attribute(answer, sizeof(struct inet_diag_msg),
						    INET_DIAG_ULP_INFO), *attribute;

	if (!upper)
		return;
	mnl_attr_for_each_nested(attribute, upper)
		if (mnl_attr_get_type(attribute) == INET_ULP_INFO_NAME)
			snprintf(socket->upper, sizeof(socket->upper), "%.*s",
				 mnl_attr_get_payload_len(attribute),
				 (const char *)mnl_attr_get_payload(attribute));
}

static bool read_socket(const struct diag_kind *kind, const struct nlmsghdr *answer,
			struct kernel_socket *socket)
{
	const struct inet_diag_msg *m = mnl_nlmsg_get_payload(answer);

	if (mnl_nlmsg_get_payload_len(answer) < sizeof(*m) || !m->idiag_inode)
		return false;
	socket->inode = m->idiag_inode;
	socket->cookie = (uint64_t)m->id.idiag_cookie[1] << 32 | m->id.idiag_cookie[0];
	socket->family = kind->family;
	socket->protocol = kind->protocol == IPPROTO_RAW ? 0 : kind->protocol;
	socket->type = kind->protocol == IPPROTO_TCP ? SOCK_STREAM :
		       kind->protocol == IPPROTO_RAW ? SOCK_RAW : SOCK_DGRAM;
	socket->state = m->idiag_state;
	socket->receive_queue = m->idiag_rqueue;
	socket->send_queue = m->idiag_wqueue;
	set_address(&socket->local, kind->family, m->id.idiag_src, m->id.idiag_sport);
	set_address(&socket->peer, kind->family, m->id.idiag_dst, m->id.idiag_dport);
	if (kind->protocol == IPPROTO_TCP) {
		read_tcp_info(answer, socket);
		read_upper(answer, socket);
	}
	return true;
}

#define KIND(family, protocol) \
	{ family, protocol, sizeof(struct inet_diag_req_v2), ask, read_socket }

const struct diag_kind diag_inet_kinds[] = {
	KIND(AF_INET, IPPROTO_TCP), KIND(AF_INET6, IPPROTO_TCP),
	KIND(AF_INET, IPPROTO_UDP), KIND(AF_INET6, IPPROTO_UDP),
	KIND(AF_INET, IPPROTO_UDPLITE), KIND(AF_INET6, IPPROTO_UDPLITE),
	KIND(AF_INET, IPPROTO_RAW), KIND(AF_INET6, IPPROTO_RAW),
	{ 0 }
};

#endif
