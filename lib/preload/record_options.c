/* SPDX-License-Identifier: MIT
 *
 * Here we record options, as the program sets them or is told them.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>

#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/kernel.h"
#include "preload/record.h"

#ifndef SOL_NETLINK
#define SOL_NETLINK 270			/* linux/socket.h; no header of libc has it everywhere */
#endif

static const struct {
	int level, name;
	uint64_t bit;
} switches[] = {
	{ IPPROTO_TCP, TCP_NODELAY, ST_OPT_NODELAY },
	{ IPPROTO_TCP, TCP_CORK, ST_OPT_CORK },
	{ SOL_SOCKET, SO_KEEPALIVE, ST_OPT_KEEPALIVE },
	{ SOL_SOCKET, SO_REUSEADDR, ST_OPT_REUSEADDR },
	{ SOL_SOCKET, SO_REUSEPORT, ST_OPT_REUSEPORT },
	{ SOL_SOCKET, SO_BROADCAST, ST_OPT_BROADCAST },
	{ SOL_SOCKET, SO_PASSCRED, ST_OPT_PASSCRED },
	{ IPPROTO_IPV6, IPV6_V6ONLY, ST_OPT_V6ONLY },
};

static void option_set(struct st_row *row, uint64_t bit, bool on)
{
	if (on)
		or_relaxed(&row->options, bit);
	else
		and_relaxed(&row->options, ~bit);
	or_relaxed(&row->options_known, bit);
	if (bit != ST_OPT_CLOEXEC)	/* the descriptor's, not the socket's */
		store_relaxed(&row->changed_ns, clock_now());
}

static bool switch_note(struct st_row *row, int level, int name, int value)
{
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (switches[i].level != level || switches[i].name != name)
			continue;
		option_set(row, switches[i].bit, value != 0);
		return true;
	}
	return false;
}

/* ----------------------------------------------------------------------- multicast --- */

static bool group_is(const struct st_group *group, const struct st_group *wanted)
{
	return load_acquire(&group->state) == 2 && group->family == wanted->family &&
	       group->ifindex == wanted->ifindex &&
	       !memcmp(group->group, wanted->group, sizeof(group->group));
}

static void group_join(struct st_datagram *dgram, const struct st_group *wanted)
{
	for (int i = 0; i < ST_GROUPS; i++)
		if (group_is(&dgram->groups[i], wanted))
			return;
	for (int i = 0; i < ST_GROUPS; i++) {
		uint32_t open = 0;

		if (!cas_acq_rel(&dgram->groups[i].state, &open, 1))
			continue;
		dgram->groups[i].family = wanted->family;
		dgram->groups[i].ifindex = wanted->ifindex;
		memcpy(dgram->groups[i].group, wanted->group, sizeof(wanted->group));
		store_release(&dgram->groups[i].state, 2);
		return;
	}
	add_relaxed(&dgram->groups_lost, 1);
}

static void group_leave(struct st_datagram *dgram, const struct st_group *wanted)
{
	for (int i = 0; i < ST_GROUPS; i++) {
		uint32_t joined = 2;

		if (group_is(&dgram->groups[i], wanted) &&
		    cas_acq_rel(&dgram->groups[i].state, &joined, 0))
			return;
	}
	if (load_relaxed(&dgram->groups_lost))
		add_relaxed(&dgram->groups_lost, -1);
}

/* The three shapes that a membership comes in: ip(7), ipv6(7), and group_req of RFC 3678. */
static int group_parse(int level, int name, const void *value, socklen_t len,
		       struct st_group *group)
{
	struct ip_mreqn mreqn = { 0 };
	struct ipv6_mreq mreq6;
	struct group_req req;

	if (level == IPPROTO_IP && (name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP) &&
	    len >= sizeof(struct ip_mreq)) {
		memcpy(&mreqn, value, len < sizeof(mreqn) ? len : sizeof(mreqn));
		group->family = AF_INET;
		group->ifindex = (uint32_t)mreqn.imr_ifindex;
		memcpy(group->group, &mreqn.imr_multiaddr, 4);
		return name == IP_ADD_MEMBERSHIP ? 1 : -1;
	}
	if (level == IPPROTO_IPV6 && (name == IPV6_JOIN_GROUP || name == IPV6_LEAVE_GROUP) &&
	    len >= sizeof(mreq6)) {
		memcpy(&mreq6, value, sizeof(mreq6));
		group->family = AF_INET6;
		group->ifindex = mreq6.ipv6mr_interface;
		memcpy(group->group, &mreq6.ipv6mr_multiaddr, 16);
		return name == IPV6_JOIN_GROUP ? 1 : -1;
	}
	if ((level == IPPROTO_IP || level == IPPROTO_IPV6) &&
	    (name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP) && len >= sizeof(req)) {
		memcpy(&req, value, sizeof(req));
		group->family = req.gr_group.ss_family;
		group->ifindex = req.gr_interface;
		if (group->family == AF_INET)
			memcpy(group->group, &((struct sockaddr_in *)&req.gr_group)->sin_addr, 4);
		else
			memcpy(group->group, &((struct sockaddr_in6 *)&req.gr_group)->sin6_addr,
			       16);
		return name == MCAST_JOIN_GROUP ? 1 : -1;
	}
	if (level == SOL_NETLINK && len >= sizeof(int) &&
	    (name == NETLINK_ADD_MEMBERSHIP || name == NETLINK_DROP_MEMBERSHIP)) {
		group->family = AF_NETLINK;
		memcpy(&group->ifindex, value, sizeof(int));
		return name == NETLINK_ADD_MEMBERSHIP ? 1 : -1;
	}
	return 0;
}

static bool group_note(struct st_row *row, int level, int name, const void *value, socklen_t len)
{
	struct st_group group = { 0 };
	int change = row->type == SOCK_STREAM ? 0 : group_parse(level, name, value, len, &group);

	if (change)
		or_relaxed(&row->flags, ST_ROW_EXTRA);
	if (change > 0)
		group_join(&row->dgram, &group);
	else if (change < 0)
		group_leave(&row->dgram, &group);
	return change != 0;
}

/* --------------------------------------------------------------------------- values --- */

static uint32_t milliseconds(const void *value, socklen_t len)
{
	struct timeval t = { 0, 0 };
	int64_t ms;

	if (len < sizeof(t))
		return 0;
	memcpy(&t, value, sizeof(t));
	ms = (int64_t)t.tv_sec * 1000 + t.tv_usec / 1000;
	if (!ms && t.tv_usec)
		return 1;
	return ms < 0 ? 0 : ms > UINT32_MAX ? UINT32_MAX : (uint32_t)ms;
}

static void linger_note(struct st_row *row, const void *value, socklen_t len)
{
	struct linger linger = { 0, 0 };

	if (len < sizeof(linger))
		return;
	memcpy(&linger, value, sizeof(linger));
	store_relaxed(&row->linger_s, linger.l_onoff ? (uint32_t)linger.l_linger : 0);
	option_set(row, ST_OPT_LINGER, linger.l_onoff != 0);
}

/* The kernel doubles what is set and answers the double (socket(7)); rather than guess at its
 * limits, ask it for its answer. */
static uint32_t buffer_size(int fd, int name, int value, bool told)
{
	socklen_t len = sizeof(value);

	if (!told && kernel_getsockopt(fd, SOL_SOCKET, name, &value, &len))
		return (uint32_t)value * 2;
	return (uint32_t)value;
}

/* SO_ERROR read while connecting: an error is the connect's end. 0 says nothing (it is 0 in
 * SYN_SENT as well): whether there is a peer by now, getpeername knows. */
static void error_note(struct st_row *row, int fd, int error)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof(peer);
	enum st_state state = load_relaxed(&row->state);

	if (error && (state == ST_STATE_CONNECTING || state == ST_STATE_FAILED))
		record_connect_failed(row, error);
	else if (!error && state == ST_STATE_CONNECTING && !kernel_getpeername(fd, &peer, &len))
		record_connected(row);
}

static void value_note(struct st_row *row, int fd, int name, const void *value, socklen_t len,
		       bool told)
{
	int number = 0;

	memcpy(&number, value, len < sizeof(number) ? len : sizeof(number));
	switch (name) {
	case SO_SNDBUF:
	case SO_SNDBUFFORCE:
		store_relaxed(&row->sndbuf, buffer_size(fd, SO_SNDBUF, number, told));
		break;
	case SO_RCVBUF:
	case SO_RCVBUFFORCE:
		store_relaxed(&row->rcvbuf, buffer_size(fd, SO_RCVBUF, number, told));
		break;
	case SO_SNDTIMEO:
		store_relaxed(&row->sndtimeo_ms, milliseconds(value, len));
		break;
	case SO_RCVTIMEO:
		store_relaxed(&row->rcvtimeo_ms, milliseconds(value, len));
		break;
	case SO_LINGER:
		linger_note(row, value, len);
		return;
	case SO_ERROR:
		if (told)
			error_note(row, fd, number);
		return;
	default:
		return;
	}
	store_relaxed(&row->changed_ns, clock_now());
}

void record_option(int fd, int level, int name, const void *value, socklen_t len, bool told)
{
	struct st_row *row = descriptor_row(fd);
	int number = 0;

	row = row ? row : record_unknown(fd);
	if (!row || !value)
		return;
	memcpy(&number, value, len < sizeof(number) ? len : sizeof(number));
	if (switch_note(row, level, name, number))
		return;
	if (!told && group_note(row, level, name, value, len))
		return;
	if (level == SOL_SOCKET)
		value_note(row, fd, name, value, len, told);
}

void record_flag(int fd, uint64_t option, bool on)
{
	struct st_row *row = descriptor_row(fd);

	if (row)
		option_set(row, option, on);
}

void record_fcntl(int fd, int command, long argument, int result, uint64_t source)
{
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		record_duplicate(source, result, descriptor_ref(result),
				 command == F_DUPFD_CLOEXEC);
		break;
	case F_SETFD:
		record_flag(fd, ST_OPT_CLOEXEC, argument & FD_CLOEXEC);
		break;
	case F_SETFL:
		record_flag(fd, ST_OPT_NONBLOCK, argument & O_NONBLOCK);
		record_flag(fd, ST_OPT_ASYNC, argument & O_ASYNC);
		break;
	}
}

void record_ioctl(int fd, unsigned long request, const void *argument)
{
	switch (request) {
	case FIONBIO:
		record_flag(fd, ST_OPT_NONBLOCK, *(const int *)argument != 0);
		break;
	case FIOASYNC:
		record_flag(fd, ST_OPT_ASYNC, *(const int *)argument != 0);
		break;
	case FIOCLEX:
		record_flag(fd, ST_OPT_CLOEXEC, true);
		break;
	case FIONCLEX:
		record_flag(fd, ST_OPT_CLOEXEC, false);
		break;
	}
}
