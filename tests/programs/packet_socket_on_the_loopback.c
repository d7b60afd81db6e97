/* SPDX-License-Identifier: MIT
 *
 * A packet socket bound to the loopback interface.
 */
#include "loopback.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>

int main(void)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
				       .sll_protocol = htons(ETH_P_LOOPBACK) };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0)
		skip("no packet socket");
	checkpoint("created %d", fd);
	address.sll_ifindex = (int)if_nametoindex("lo");
	MUST(bind(fd, SA(&address), sizeof(address)));
	checkpoint("bound %d", fd);
	return 0;
}
