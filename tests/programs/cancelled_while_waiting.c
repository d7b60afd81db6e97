/* SPDX-License-Identifier: MIT
 *
 * Threads are cancelled in accept, recv, read, recvmsg, connect and poll; nothing is lost.
 */
#include "loopback.h"

#include <poll.h>
#include <pthread.h>

static int listener, pair[2], crowded, cleaned;

static void clean(void *unused)
{
	(void)unused;
	cleaned++;
}

static void *wait_in(void *how)
{
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct pollfd ready = { .fd = pair[0], .events = POLLIN };

	pthread_cleanup_push(clean, NULL);
	switch (*(int *)how) {
	case 0: accept(listener, NULL, NULL); break;
	case 1: recv(pair[0], &byte, 1, 0); break;
	case 2: read(pair[0], &byte, 1); break;
	case 3: recvmsg(pair[0], &message, 0); break;
	case 4: connect_to_port(socket(AF_INET, SOCK_STREAM, 0), crowded); break;
	case 5: poll(&ready, 1, -1); break;
	}
	pthread_cleanup_pop(0);
	return NULL;
}

int main(void)
{
	int waiting;
	char byte;

	listener = tcp_listener(1);
	crowded = port_of(crowded_listener(&waiting));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	for (int how = 0; how < 6; how++) {
		pthread_t thread;
		void *result;

		pthread_create(&thread, NULL, wait_in, &how);
		usleep(20000);
		pthread_cancel(thread);
		pthread_join(thread, &result);
		say("%d cancelled %d cleaned %d", how, result == PTHREAD_CANCELED, cleaned);
	}
	MUST(send(pair[1], "x", 1, 0));
	TELL(recv(pair[0], &byte, 1, 0));
	checkpoint("alive %d %d %d", listener, pair[0], pair[1]);
	return 0;
}
