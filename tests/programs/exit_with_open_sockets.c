/* SPDX-License-Identifier: MIT
 *
 * A program ends with sockets that it never closed.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(1);

	checkpoint("open %d", fd);
	return 42;
}
