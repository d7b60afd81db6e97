/* SPDX-License-Identifier: MIT
 *
 * accept into buffers of several lengths: the length comes back as it is.
 */
#include "loopback.h"

int main(void)
{
	static const socklen_t sizes[] = { 0, 1, 2, 7, 8, 15, 16, 17, 128 };
	int server = tcp_listener(4), port = port_of(server), fd = -1;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		unsigned char bytes[128];
		socklen_t size = sizes[i];
		int client = tcp_client(port);

		memset(bytes, 0xee, sizeof(bytes));
		fd = (int)MUST(accept(server, SA(bytes), &size));
		say("%u: length %u, untouched %d", sizes[i], size,
		    sizes[i] == 128 || bytes[sizes[i]] == 0xee);
		if (i + 1 < sizeof(sizes) / sizeof(*sizes)) {
			MUST(close(fd));
			MUST(close(client));
		}
	}
	checkpoint("accepted %d %d", server, fd);
	return 0;
}
