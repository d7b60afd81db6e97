/* SPDX-License-Identifier: MIT
 *
 * Four threads send on one socket: no byte and no call is lost from the counters.
 */
#include "loopback.h"

#include <pthread.h>

enum { CALLS = 20000 };
static int pair[2];

static void *sender(void *unused)
{
	for (int i = 0; i < CALLS; i++)
		MUST(send(pair[0], "0123456", 1 + (size_t)i % 7, 0));
	return unused;
}

static void *receiver(void *unused)
{
	char buffer[4096];

	while (MUST(recv(pair[1], buffer, sizeof(buffer), 0)) > 0)
		;
	return unused;
}

int main(void)
{
	pthread_t senders[4], drain;

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pthread_create(&drain, NULL, receiver, NULL);
	for (int i = 0; i < 4; i++)
		pthread_create(&senders[i], NULL, sender, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(senders[i], NULL);
	MUST(shutdown(pair[0], SHUT_WR));
	pthread_join(drain, NULL);
	checkpoint("sent %d %d", pair[0], pair[1]);
	return 0;
}
