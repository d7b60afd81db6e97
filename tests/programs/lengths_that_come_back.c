/* SPDX-License-Identifier: MIT
 *
 * Address lengths of getsockname, getpeername and recvfrom, for buffers of every length.
 */
#include "loopback.h"

static int pair[2], six, local;

static void ask(const char *what, int (*call)(int, struct sockaddr *, socklen_t *), int fd)
{
	static const socklen_t sizes[] = { 0, 1, 2, 8, 16, 28, 110, 256, (socklen_t)-1 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		unsigned char bytes[256];
		socklen_t size = sizes[i];
		unsigned touched = 0;

		memset(bytes, 0xee, sizeof(bytes));
		TELL(call(fd, SA(bytes), &size));
		while (touched < sizeof(bytes) && bytes[touched] != 0xee)
			touched++;
		say("%s %d: %u became %u", what, fd, sizes[i], size);
		if (touched > sizes[i])
			say("too much was written");
	}
	TELL(call(fd, nowhere(), &(socklen_t){ 16 }));
	TELL(call(fd, SA(&(struct sockaddr_in){ 0 }), nowhere()));
}

static int receive(int fd, struct sockaddr *address, socklen_t *size)
{
	char byte;

	MUST(sendto(local, "x", 1, 0, NULL, 0));
	return (int)recvfrom(fd, &byte, 1, MSG_DONTWAIT, address, size);
}

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "\0lengths" };
	int end[2];

	tcp_pair(pair);
	six = (int)MUST(socket(AF_INET6, SOCK_STREAM, 0));
	ask("sockname", getsockname, pair[0]);
	ask("peername", getpeername, pair[0]);
	ask("sockname", getsockname, six);
	ask("peername", getpeername, six);
	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, end));
	local = end[0];
	(void)snprintf(address.sun_path + 8, 20, "%d", getpid());
	MUST(bind(local, SA(&address), offsetof(struct sockaddr_un, sun_path) + 20));
	ask("sockname", getsockname, local);
	ask("recvfrom", receive, end[1]);
	ask("sockname", getsockname, 0);
	checkpoint("asked %d", local);
	return 0;
}
