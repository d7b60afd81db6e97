/* SPDX-License-Identifier: MIT
 *
 * listen on a socket without an address: the kernel chooses one.
 */
#include "loopback.h"

int main(void)
{
	int server = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));

	MUST(listen(server, 3));
	checkpoint("listening %d", server);
	return 0;
}
