/* SPDX-License-Identifier: MIT
 *
 * A socket of a family that few programs have heard of.
 */
#include "loopback.h"

#ifndef AF_XDP
#define AF_XDP 44
#endif

int main(void)
{
	static const struct { int family, type; } rare[] = {
		{ AF_XDP, SOCK_RAW }, { AF_ALG, SOCK_SEQPACKET }, { AF_CAN, SOCK_RAW },
		{ AF_TIPC, SOCK_RDM },
	};
	unsigned char back[128];

	for (size_t i = 0; i < sizeof(rare) / sizeof(*rare); i++) {
		socklen_t size = sizeof(back);
		int fd = socket(rare[i].family, rare[i].type, 0);

		if (fd < 0)
			continue;
		TELL(getsockname(fd, SA(back), &size));
		checkpoint("created %d %d %d", fd, rare[i].family, rare[i].type);
		return 0;
	}
	skip("no rare family");
}
