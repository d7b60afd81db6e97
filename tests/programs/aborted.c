/* SPDX-License-Identifier: MIT
 *
 * A program aborts with an open socket.
 */
#include "loopback.h"

int main(void)
{
	checkpoint("open %d", tcp_listener(1));
	abort();
}
