/* SPDX-License-Identifier: MIT
 *
 * epoll tells of a writable socket with the data that a connecting one has as well; and connect
 * is called once more, with no address. Neither ends the connect.
 */
#include "loopback.h"

#include <sys/epoll.h>

static int begin(int port)
{
	int fd = (int)MUST(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));

	TELL(connect_to_port(fd, port));
	return fd;
}

static void watch(int epoll, int fd, uint64_t data)
{
	struct epoll_event event = { .events = EPOLLOUT, .data.u64 = data };

	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
}

int main(void)
{
	int waiting, port = port_of(crowded_listener(&waiting)), pair[2], fd[3];
	int epoll = (int)MUST(epoll_create1(EPOLL_CLOEXEC));
	struct epoll_event events[4];

	for (int i = 0; i < 3; i++)
		fd[i] = begin(port);
	TELL(connect(fd[0], NULL, sizeof(struct sockaddr_in)));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	watch(epoll, fd[1], 0);
	watch(epoll, pair[0], 0);
	watch(epoll, fd[2], 7);
	watch(epoll, pair[1], 7);
	TELL(epoll_wait(epoll, events, 4, 0));
	checkpoint("connecting %d %d %d", fd[0], fd[1], fd[2]);
	return 0;
}
