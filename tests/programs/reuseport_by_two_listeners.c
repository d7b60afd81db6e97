/* SPDX-License-Identifier: MIT
 *
 * Two listeners share a port by SO_REUSEPORT.
 */
#include "loopback.h"

int main(void)
{
	int first = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	int second = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	struct sockaddr_in address;
	int on = 1;

	MUST(setsockopt(first, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)));
	MUST(setsockopt(second, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)));
	MUST(bind_to_loopback(first));
	address = loopback(port_of(first));
	MUST(bind(second, SA(&address), sizeof(address)));
	MUST(listen(first, 1));
	MUST(listen(second, 2));
	checkpoint("listening %d %d", first, second);
	return 0;
}
