/* SPDX-License-Identifier: MIT
 *
 * Signals in calls that wait, with SA_RESTART and without.
 */
#include "loopback.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/uio.h>

static int pair[2], unix_pair[2], listener, port;
static pthread_t caller;
static pid_t caller_tid;
static atomic_int wanted, rung, rung_before;

/* The second signal finds a call that was begun again: it brings what the call waits for. */
static void ring(int number)
{
	int saved = errno;

	(void)number;
	if (rung - rung_before == 1) {
		send(pair[1], "x", 1, MSG_DONTWAIT);
		send(unix_pair[1], "x", 1, MSG_DONTWAIT);
		if (port)
			connect_to_port(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), port);
	}
	rung++;
	errno = saved;
}

static int sleeps(pid_t tid)
{
	char path[64], line[512] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
	file = fopen(path, "re");
	if (!file || !fgets(line, sizeof(line), file))
		_exit(5);
	fclose(file);
	return !strncmp(strrchr(line, ')'), ") S", 3);
}

/* Rings when the caller sleeps in a call, twice a call at most. */
static void *ringer(void *unused)
{
	for (int sent = 0;; usleep(500))
		if (sent == rung && rung - rung_before < 2 && sleeps(caller_tid) && wanted) {
			sent++;
			pthread_kill(caller, SIGALRM);
		}
	return unused;
}

static void settle(void)
{
	char rest[512];

	wanted = 0;
	recv(pair[0], rest, sizeof(rest), MSG_DONTWAIT);
	while (recv(unix_pair[0], rest, sizeof(rest), MSG_DONTWAIT) > 0)
		;
}

#define INTERRUPTED(call) (begin(), TELL(call), settle())
static void begin(void)
{
	rung_before = rung;
	wanted = 1;
}

static void all(int flags)
{
	struct sigaction action = { .sa_handler = ring, .sa_flags = flags };
	struct timeval limit = { .tv_sec = 5 };
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct pollfd ready = { .fd = pair[0], .events = POLLIN };

	sigaction(SIGALRM, &action, NULL);
	INTERRUPTED(recv(pair[0], &byte, 1, 0));
	INTERRUPTED(recvfrom(unix_pair[0], &byte, 1, 0, NULL, NULL));
	INTERRUPTED(recvmsg(pair[0], &message, 0));
	INTERRUPTED(read(pair[0], &byte, 1));
	INTERRUPTED(readv(pair[0], &part, 1));
	INTERRUPTED(poll(&ready, 1, 5000));
	port = port_of(listener);
	INTERRUPTED(accept(listener, NULL, NULL) >= 0 ? 1 : -1);
	port = 0;
	MUST(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	INTERRUPTED(recv(pair[0], &byte, 1, 0));
	limit.tv_sec = 0;
	MUST(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
}

int main(void)
{
	pthread_t thread;

	caller = pthread_self();
	caller_tid = getpid();
	listener = tcp_listener(5);
	tcp_pair(pair);
	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, unix_pair));
	pthread_create(&thread, NULL, ringer, NULL);
	all(0);
	checkpoint("interrupted %d %d", pair[0], unix_pair[0]);
	all(SA_RESTART);
	checkpoint("restarted %d %d", pair[0], unix_pair[0]);
	return 0;
}
