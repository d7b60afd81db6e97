/* SPDX-License-Identifier: MIT
 *
 * Broadcast, V6ONLY, credentials.
 */
#include "loopback.h"

int main(void)
{
	int udp = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0)), on = 1;
	int six = (int)MUST(socket(AF_INET6, SOCK_STREAM, 0));
	int local = (int)MUST(socket(AF_UNIX, SOCK_STREAM, 0));

	TELL(setsockopt(udp, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)));
	TELL(setsockopt(six, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)));
	TELL(setsockopt(local, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)));
	checkpoint("set %d %d %d", udp, six, local);
	return 0;
}
