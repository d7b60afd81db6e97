/* SPDX-License-Identifier: MIT
 *
 * rresvport makes and binds a socket inside libc.
 */
#include "loopback.h"

#include <netdb.h>

int main(void)
{
	int port = IPPORT_RESERVED - 1, fd = rresvport(&port);

	if (fd < 0)
		skip("no reserved port");
	checkpoint("bound %d", fd);
	return 0;
}
