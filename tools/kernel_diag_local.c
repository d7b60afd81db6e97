/* SPDX-License-Identifier: MIT
 *
 * Here we ask sock_diag about the families without internet addresses: unix, netlink, packet,
 * vsock.
 */
#include "config.h"

#ifdef HAVE_LIBMNL

#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/unix_diag.h>
#include <linux/vm_sockets.h>
#include <linux/vm_sockets_diag.h>
#include <string.h>
#include <sys/un.h>

#include "kernel_diag.h"

static uint64_t cookie_of(const uint32_t *halves)
{
	return (uint64_t)halves[1] << 32 | halves[0];
}

/* --- unix */

static void ask_unix(const struct diag_kind *kind, void *request)
{
	struct unix_diag_req *r = request;

	r->sdiag_family = (uint8_t)kind->family;
	r->udiag_states = ~0u;
	r->udiag_show = UDIAG_SHOW_NAME;
}

static void read_unix_name(const struct nlmsghdr *answer, struct socktab_address *address)
{
	const struct nlattr *name = diag_attribute(answer, sizeof(struct unix_diag_msg),
						   UNIX_DIAG_NAME);
	struct sockaddr_un *un = (struct sockaddr_un *)&address->storage;
	size_t len = name ? mnl_attr_get_payload_len(name) : 0;

	if (!len || len > sizeof(address->storage) - offsetof(struct sockaddr_un, sun_path))
		return;
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, mnl_attr_get_payload(name), len);
	address->len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
}

static bool read_unix(const struct diag_kind *kind, const struct nlmsghdr *answer,
		      struct kernel_socket *socket)
{
	const struct unix_diag_msg *m = mnl_nlmsg_get_payload(answer);

	(void)kind;
	if (mnl_nlmsg_get_payload_len(answer) < sizeof(*m) || !m->udiag_ino)
		return false;
	socket->family = AF_UNIX;
	socket->inode = m->udiag_ino;
	socket->cookie = cookie_of(m->udiag_cookie);
	socket->type = m->udiag_type;
	socket->state = m->udiag_state;
	read_unix_name(answer, &socket->local);
	return true;
}

/* --- netlink */

static void ask_netlink(const struct diag_kind *kind, void *request)
{
	struct netlink_diag_req *r = request;

	r->sdiag_family = (uint8_t)kind->family;
	r->sdiag_protocol = NDIAG_PROTO_ALL;
}

/* Its state means nothing. Groups are not compared: a program joins them one by one. */
static bool read_netlink(const struct diag_kind *kind, const struct nlmsghdr *answer,
			 struct kernel_socket *socket)
{
	const struct netlink_diag_msg *m = mnl_nlmsg_get_payload(answer);
	struct sockaddr_nl *local = (struct sockaddr_nl *)&socket->local.storage;

	(void)kind;
	if (mnl_nlmsg_get_payload_len(answer) < sizeof(*m) || !m->ndiag_ino)
		return false;
	socket->family = AF_NETLINK;
	socket->inode = m->ndiag_ino;
	socket->cookie = cookie_of(m->ndiag_cookie);
	socket->type = m->ndiag_type;
	socket->protocol = m->ndiag_protocol;
	if (m->ndiag_portid) {
		local->nl_family = AF_NETLINK;
		local->nl_pid = m->ndiag_portid;
		socket->local.len = sizeof(*local);
	}
	return true;
}

/* --- packet: what it is bound to is told in the same words as nowhere else */

static void ask_packet(const struct diag_kind *kind, void *request)
{
	struct packet_diag_req *r = request;

	r->sdiag_family = (uint8_t)kind->family;
}

static bool read_packet(const struct diag_kind *kind, const struct nlmsghdr *answer,
			struct kernel_socket *socket)
{
	const struct packet_diag_msg *m = mnl_nlmsg_get_payload(answer);

	(void)kind;
	if (mnl_nlmsg_get_payload_len(answer) < sizeof(*m) || !m->pdiag_ino)
		return false;
	socket->family = AF_PACKET;
	socket->inode = m->pdiag_ino;
	socket->cookie = cookie_of(m->pdiag_cookie);
	socket->type = m->pdiag_type;
	socket->protocol = m->pdiag_num;
	return true;
}

/* --- vsock */

static void ask_vsock(const struct diag_kind *kind, void *request)
{
	struct vsock_diag_req *r = request;

	r->sdiag_family = (uint8_t)kind->family;
	r->vdiag_states = ~0u;
}

static void set_vsock(struct socktab_address *address, uint32_t cid, uint32_t port)
{
	struct sockaddr_vm *vm = (struct sockaddr_vm *)&address->storage;

	if (port == VMADDR_PORT_ANY)
		return;
	*vm = (struct sockaddr_vm){ .svm_family = AF_VSOCK, .svm_cid = cid, .svm_port = port };
	address->len = sizeof(*vm);
}

static bool read_vsock(const struct diag_kind *kind, const struct nlmsghdr *answer,
		       struct kernel_socket *socket)
{
	const struct vsock_diag_msg *m = mnl_nlmsg_get_payload(answer);

	(void)kind;
	if (mnl_nlmsg_get_payload_len(answer) < sizeof(*m) || !m->vdiag_ino)
		return false;
	socket->family = AF_VSOCK;
	socket->inode = m->vdiag_ino;
	socket->cookie = cookie_of(m->vdiag_cookie);
	socket->type = m->vdiag_type;
	socket->state = m->vdiag_state;
	set_vsock(&socket->local, m->vdiag_src_cid, m->vdiag_src_port);
	set_vsock(&socket->peer, m->vdiag_dst_cid, m->vdiag_dst_port);
	return true;
}

const struct diag_kind diag_local_kinds[] = {
	{ AF_UNIX, 0, sizeof(struct unix_diag_req), ask_unix, read_unix },
	{ AF_NETLINK, 0, sizeof(struct netlink_diag_req), ask_netlink, read_netlink },
	{ AF_PACKET, 0, sizeof(struct packet_diag_req), ask_packet, read_packet },
	{ AF_VSOCK, 0, sizeof(struct vsock_diag_req), ask_vsock, read_vsock },
	{ 0 }
};

#endif
