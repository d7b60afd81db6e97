/* SPDX-License-Identifier: MIT
 *
 * bind with a family alone: the kernel invents an abstract address.
 */
#include "loopback.h"

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));

	MUST(bind(fd, SA(&address), sizeof(sa_family_t)));
	checkpoint("bound %d", fd);
	return 0;
}
