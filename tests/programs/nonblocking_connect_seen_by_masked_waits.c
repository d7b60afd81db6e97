/* SPDX-License-Identifier: MIT
 *
 * ppoll, pselect and epoll_pwait find connects to be complete.
 */
#include "loopback.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

int main(void)
{
	struct timespec limit = { .tv_sec = 5 };
	int server = tcp_listener(3), client[3], epoll, error = -1;
	socklen_t size = sizeof(error);
	struct epoll_event event = { .events = EPOLLOUT };
	struct pollfd ready;
	fd_set writable;
	sigset_t none;

	for (int i = 0; i < 3; i++) {
		client[i] = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
		TELL(connect_to_port(client[i], port_of(server)));
	}
	checkpoint("connecting %d %d %d", client[0], client[1], client[2]);
	sigemptyset(&none);
	ready = (struct pollfd){ .fd = client[0], .events = POLLOUT };
	TELL(ppoll(&ready, 1, &limit, &none));
	FD_ZERO(&writable);
	FD_SET(client[1], &writable);
	TELL(pselect(client[1] + 1, NULL, &writable, NULL, &limit, &none));
	TELL(getsockopt(client[1], SOL_SOCKET, SO_ERROR, &error, &size));
	epoll = (int)MUST(epoll_create1(0));
	event.data.ptr = &event;	/* some programs keep a pointer there, others a number */
	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, client[2], &event));
	TELL(epoll_pwait(epoll, &event, 1, 5000, &none));
	say("data %d", event.data.ptr == &event);
	checkpoint("connected %d %d %d", client[0], client[1], client[2]);
	return 0;
}
