/* SPDX-License-Identifier: MIT
 *
 * Joins and leaves multicast groups, in a network namespace of its own.
 */
#include "loopback.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>

static unsigned raise_the_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));

	MUST(ioctl(fd, SIOCGIFFLAGS, &request));
	request.ifr_flags |= IFF_UP | IFF_MULTICAST;
	MUST(ioctl(fd, SIOCSIFFLAGS, &request));
	MUST(close(fd));
	return if_nametoindex("lo");
}

int main(void)
{
	struct ip_mreqn four = { .imr_multiaddr.s_addr = htonl(0xe8010203) };
	struct group_req any = { .gr_group.ss_family = AF_INET };
	struct ipv6_mreq six = { .ipv6mr_multiaddr.s6_addr = { 0xff, 0x02, [15] = 0x77 } };
	int fd, fd6;

	if (unshare(CLONE_NEWNET) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		skip("no network namespace");
	four.imr_ifindex = (int)raise_the_loopback();
	any.gr_interface = six.ipv6mr_interface = (unsigned)four.imr_ifindex;
	((struct sockaddr_in *)&any.gr_group)->sin_addr.s_addr = htonl(0xe8010204);
	fd = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
	fd6 = (int)MUST(socket(AF_INET6, SOCK_DGRAM, 0));
	MUST(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &four, sizeof(four)));
	TELL(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &four, sizeof(four)));
	MUST(setsockopt(fd, IPPROTO_IP, MCAST_JOIN_GROUP, &any, sizeof(any)));
	MUST(setsockopt(fd6, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &six, sizeof(six)));
	checkpoint("joined %d %d %d", fd, fd6, four.imr_ifindex);
	MUST(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &four, sizeof(four)));
	checkpoint("left %d", fd);
	return 0;
}
