/* SPDX-License-Identifier: MIT
 *
 * Opens, names, connects, sends and closes without an end; every name says its number twice.
 */
#include "loopback.h"

#include <pthread.h>

static socklen_t name(struct sockaddr_un *address, unsigned number)
{
	address->sun_family = AF_UNIX;
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1
			   + (size_t)snprintf(address->sun_path + 1,
					      sizeof(address->sun_path) - 1,
					      "socktab-%010u-%010u", number, number));
}

static void *traffic(void *first)
{
	unsigned number = *(unsigned *)first;

	for (;;) {
		struct sockaddr_un address = { .sun_path = "" };
		int server = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0));
		int client = (int)MUST(socket(AF_UNIX, SOCK_DGRAM, 0)), copy;
		socklen_t size = name(&address, number += 2);
		char bytes[64];

		MUST(bind(server, SA(&address), size));
		MUST(connect(client, SA(&address), size));
		copy = (int)MUST(dup(client));
		for (int i = 0; i < 10; i++) {
			MUST(send(copy, bytes, 64, 0));
			MUST(recv(server, bytes, 64, 0));
		}
		size = name(&address, number + 1);
		MUST(bind(client, SA(&address), size));
		MUST(close(client));
		MUST(close(server));
		MUST(close(copy));
	}
	return NULL;
}

int main(void)
{
	unsigned first[2] = { (unsigned)getpid() % 4000 * 1000000, 0 };
	pthread_t thread;

	first[1] = first[0] + 500000;
	checkpoint("ready");
	pthread_create(&thread, NULL, traffic, &first[1]);
	traffic(&first[0]);
	return 0;
}
