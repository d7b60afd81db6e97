/* SPDX-License-Identifier: MIT
 *
 * shutdown takes a listener back to where it was before listen.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(2);

	TELL(shutdown(server, SHUT_RD));
	TELL(accept(server, NULL, NULL));
	checkpoint("shut %d", server);
	return 0;
}
