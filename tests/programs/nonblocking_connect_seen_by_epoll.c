/* SPDX-License-Identifier: MIT
 *
 * A connect that was in progress is found to be complete by epoll and SO_ERROR.
 */
#include "loopback.h"

#include <sys/epoll.h>

static void wait_until_writable(int client)
{
	struct epoll_event event = { .events = EPOLLOUT, .data.u64 = 12345 };
	int epoll = (int)MUST(epoll_create1(EPOLL_CLOEXEC));

	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event));
	TELL(epoll_wait(epoll, &event, 1, 5000));
	say("events %u data %llu", event.events, (unsigned long long)event.data.u64);
}

int main(void)
{
	int server = tcp_listener(1), error = -1;
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	socklen_t size = sizeof(error);

	TELL(connect_to_port(client, port_of(server)));
	checkpoint("connecting %d %d", server, client);
	wait_until_writable(client);
	MUST(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	checkpoint("connected %d %d", server, client);
	return 0;
}
