/* SPDX-License-Identifier: MIT
 *
 * A thread that has been cancelled comes to each call that is a cancellation point: the call does
 * nothing, and the thread's clean-up runs. To the others it comes in vain.
 */
#include "loopback.h"

#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/uio.h>

static int listener, pair[2], spare, idle, epoll, cleaned;

static void clean(void *unused)
{
	(void)unused;
	cleaned++;
}

static void call(int which)
{
	char byte = 'x';
	struct iovec part = { &byte, 1 };
	struct mmsghdr many = { .msg_hdr = { .msg_iov = &part, .msg_iovlen = 1 } };
	struct pollfd ready = { .fd = pair[0], .events = POLLOUT };
	struct epoll_event event;
	struct timespec none = { 0, 0 };
	struct sockaddr_in address = loopback(1);

	switch (which) {
	case 0: accept(listener, NULL, NULL); break;
	case 1: accept4(listener, NULL, NULL, 0); break;
	case 2: connect(idle, SA(&address), sizeof(address)); break;
	case 3: send(pair[0], &byte, 1, 0); break;
	case 4: sendto(pair[0], &byte, 1, 0, NULL, 0); break;
	case 5: sendmsg(pair[0], &many.msg_hdr, 0); break;
	case 6: sendmmsg(pair[0], &many, 1, 0); break;
	case 7: write(pair[0], &byte, 1); break;
	case 8: writev(pair[0], &part, 1); break;
	case 9: pwritev2(pair[0], &part, 1, -1, 0); break;
	case 10: recv(pair[1], &byte, 1, MSG_DONTWAIT); break;
	case 11: recvfrom(pair[1], &byte, 1, MSG_DONTWAIT, NULL, NULL); break;
	case 12: recvmsg(pair[1], &many.msg_hdr, MSG_DONTWAIT); break;
	case 13: recvmmsg(pair[1], &many, 1, MSG_DONTWAIT, NULL); break;
	case 14: read(pair[1], &byte, 1); break;
	case 15: readv(pair[1], &part, 1); break;
	case 16: preadv2(pair[1], &part, 1, -1, 0); break;
	case 17: poll(&ready, 1, 0); break;
	case 18: ppoll(&ready, 1, &none, NULL); break;
	case 19: epoll_wait(epoll, &event, 1, 0); break;
	case 20: epoll_pwait(epoll, &event, 1, 0, NULL); break;
	case 21: close(spare); break;
	case 22: fcntl(pair[0], F_SETLKW, &(struct flock){ .l_type = F_UNLCK }); break;
	/* these are none */
	case 23: dup2(pair[0], spare); break;
	case 24: setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &(int){ 8192 }, sizeof(int)); break;
	case 25: shutdown(spare, SHUT_WR); break;
	}
}

static void *cancelled(void *which)
{
	pthread_cleanup_push(clean, NULL);
	pthread_cancel(pthread_self());
	call(*(int *)which);
	pthread_cleanup_pop(0);
	return NULL;
}

int main(void)
{
	char bytes[64];

	listener = tcp_listener(1);
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	spare = (int)MUST(dup(pair[0]));
	idle = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	epoll = (int)MUST(epoll_create1(0));
	for (int which = 0; which < 26; which++) {
		pthread_t thread;
		void *result;

		pthread_create(&thread, NULL, cancelled, &which);
		pthread_join(thread, &result);
		say("%d cancelled %d cleaned %d", which, result == PTHREAD_CANCELED, cleaned);
	}
	TELL(recv(pair[1], bytes, sizeof(bytes), MSG_DONTWAIT));
	checkpoint("alive %d %d %d %d", pair[0], pair[1], spare, idle);
	return 0;
}
