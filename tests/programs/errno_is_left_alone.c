/* SPDX-License-Identifier: MIT
 *
 * Calls that succeed leave errno as it was.
 */
#include "loopback.h"

#include <poll.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define QUIET(call) \
	(errno = 1234, (call) < 0 ? say("%s failed", #call) \
				  : say("%s: errno %d", #call, errno))

int main(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);
	int fd, client, accepted, on = 1, pair[2];
	char bytes[8];
	struct iovec part = { bytes, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct pollfd ready;
	FILE *stream;

	QUIET(fd = socket(AF_INET, SOCK_STREAM, 0));
	QUIET(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
	QUIET(bind(fd, SA(&address), sizeof(address)));
	QUIET(listen(fd, 1));
	QUIET(getsockname(fd, SA(&address), &size));
	QUIET(client = socket(AF_INET, SOCK_STREAM, 0));
	QUIET(connect(client, SA(&address), size));
	QUIET(accepted = accept(fd, NULL, NULL));
	QUIET(getpeername(client, SA(&address), &size));
	QUIET(send(client, "abcdefgh", 8, 0));
	QUIET(recv(accepted, bytes, 1, 0));
	QUIET(read(accepted, bytes, 1));
	QUIET(recvmsg(accepted, &message, 0));
	QUIET(write(client, "x", 1));
	ready = (struct pollfd){ .fd = accepted, .events = POLLIN };
	QUIET(poll(&ready, 1, 1000));
	QUIET(fcntl(client, F_SETFL, O_NONBLOCK));
	QUIET(dup(client));
	QUIET(dup2(client, 30));
	QUIET(shutdown(client, SHUT_WR));
	QUIET(close(client));
	QUIET(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	QUIET(close_range(30, 40, 0));
	QUIET(close(pair[0]));
	stream = fmemopen(bytes, sizeof(bytes), "r");	/* has no descriptor */
	QUIET(fclose(stream));
	QUIET(fork() ? 0 : (_exit(0), 0));
	QUIET(wait(NULL) > 0 ? 0 : -1);
	checkpoint("open %d %d", fd, accepted);
	return 0;
}
