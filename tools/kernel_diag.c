/* SPDX-License-Identifier: MIT
 *
 * Here we carry questions to sock_diag and its answers back.
 */
#include "config.h"

#ifdef HAVE_LIBMNL

#include <errno.h>
#include <fcntl.h>
#include <linux/sock_diag.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel_diag.h"

#define ANSWER_SIZE	65536

/* A dump that the kernel cannot make ends at once, with an error in its last message. */
static int error_of(const struct nlmsghdr *header)
{
	int code = 0;

	if (mnl_nlmsg_get_payload_len(header) >= sizeof(code))
		memcpy(&code, mnl_nlmsg_get_payload(header), sizeof(code));
	return code;
}

struct dump {
	const struct diag_kind *kind;
	void (*take)(void *, const struct kernel_socket *);
	void *what;
};

/* 1: there is more to come, 0: that was all. */
static int read_answers(const struct dump *dump, const void *answers, int len)
{
	const struct nlmsghdr *header = answers;

	for (; mnl_nlmsg_ok(header, len); header = mnl_nlmsg_next(header, &len)) {
		struct kernel_socket socket = { 0 };

		if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
			return error_of(header);
		if (header->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
		    dump->kind->read(dump->kind, header, &socket))
			dump->take(dump->what, &socket);
	}
	return 1;
}

static int receive_answers(struct mnl_socket *netlink, const struct dump *dump)
{
	char *answers = malloc(ANSWER_SIZE);
	int more = 1;

	if (!answers)
		abort();
	while (more > 0) {
		ssize_t len = mnl_socket_recvfrom(netlink, answers, ANSWER_SIZE);

		if (len < 0 && errno == EINTR)
			continue;
		more = len < 0 ? -errno : read_answers(dump, answers, (int)len);
	}
	free(answers);
	return more;
}

int diag_dump(struct mnl_socket *netlink, const struct diag_kind *kind,
	      void (*take)(void *, const struct kernel_socket *), void *what)
{
	_Alignas(struct nlmsghdr) char question[256];
	struct nlmsghdr *header = mnl_nlmsg_put_header(question);
	struct dump dump = { kind, take, what };

	header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	kind->ask(kind, mnl_nlmsg_put_extra_header(header, kind->size));
	if (mnl_socket_sendto(netlink, header, header->nlmsg_len) < 0)
		return -errno;
	return receive_answers(netlink, &dump);
}

static struct mnl_socket *open_here(void)
{
	struct mnl_socket *netlink = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);

	if (netlink && mnl_socket_bind(netlink, 0, MNL_SOCKET_AUTOPID) < 0) {
		mnl_socket_close(netlink);
		return NULL;
	}
	return netlink;
}

static struct mnl_socket *open_there(int there)
{
	int here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	struct mnl_socket *netlink;

	if (here < 0)
		return NULL;
	if (setns(there, CLONE_NEWNET) < 0) {
		close(here);
		return NULL;
	}
	netlink = open_here();
	if (setns(here, CLONE_NEWNET) < 0)
		abort();
	close(here);
	return netlink;
}

struct mnl_socket *diag_open(pid_t pid)
{
	struct mnl_socket *netlink;
	char path[64];
	int there;

	if (kernel_namespace(pid, "net") == kernel_namespace(getpid(), "net"))
		return open_here();
	snprintf(path, sizeof(path), "/proc/%d/ns/net", pid);
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (there < 0)
		return NULL;
	netlink = open_there(there);
	close(there);
	return netlink;
}

const struct nlattr *diag_attribute(const struct nlmsghdr *answer, size_t size, int type)
{
	const struct nlattr *attribute;

	mnl_attr_for_each(attribute, answer, size)
		if (mnl_attr_get_type(attribute) == type)
			return attribute;
	return NULL;
}

#endif
