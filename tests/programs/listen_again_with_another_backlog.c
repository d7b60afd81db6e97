/* SPDX-License-Identifier: MIT
 *
 * listen a second time changes the backlog.
 */
#include "loopback.h"

int main(void)
{
	int server = tcp_listener(3);

	checkpoint("first %d", server);
	MUST(listen(server, 9));
	checkpoint("second %d", server);
	return 0;
}
