/* SPDX-License-Identifier: MIT
 *
 * A raw socket sends an ICMP echo to the loopback and reads what comes.
 */
#include "loopback.h"

#include <linux/icmp.h>

int main(void)
{
	struct icmphdr echo = { .type = ICMP_ECHO, .un.echo.id = htons((uint16_t)getpid()) };
	struct sockaddr_in to = loopback(0);
	struct icmp_filter others = { .data = ~(1u << ICMP_ECHO) };
	char packet[256];
	uint32_t sum = ICMP_ECHO << 8;
	int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);

	if (fd < 0)
		skip("no raw socket");
	MUST(setsockopt(fd, SOL_RAW, ICMP_FILTER, &others, sizeof(others)));
	sum += ntohs(echo.un.echo.id);
	echo.checksum = htons((uint16_t)~(sum + (sum >> 16)));
	MUST(sendto(fd, &echo, sizeof(echo), 0, SA(&to), sizeof(to)));
	TELL(recv(fd, packet, sizeof(packet), 0));
	checkpoint("pinged %d", fd);
	return 0;
}
