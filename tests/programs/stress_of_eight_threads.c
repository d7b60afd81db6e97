/* SPDX-License-Identifier: MIT
 *
 * Eight threads open, connect, send, dup and close on the same numbers for three seconds.
 */
#include "loopback.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <time.h>

enum { THREADS = 8, SHARED = 200, SHARED_COUNT = 8, SECONDS = 3 };

static int listener, port;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_llong sent, received;
static atomic_int stop;

static void open_pair(unsigned kind, int pair[2])
{
	if (kind % 4) {
		MUST(socketpair(AF_UNIX, kind % 2 ? SOCK_STREAM : SOCK_SEQPACKET, 0, pair));
		return;
	}
	pthread_mutex_lock(&lock);	/* who connects is who accepts */
	pair[0] = tcp_client(port);
	pair[1] = (int)MUST(accept(listener, NULL, NULL));
	pthread_mutex_unlock(&lock);
}

static void speak(int from, int to, size_t size)
{
	static const char bytes[512];
	char buffer[512];
	size_t got = 0;

	MUST(send(from, bytes, size, 0));
	sent += (long long)size;
	while (got < size)
		got += (size_t)MUST(recv(to, buffer, size - got, 0));
	received += (long long)got;
}

static void *work(void *seed)
{
	unsigned random = *(unsigned *)seed;

	while (!stop) {
		int pair[2], copy;

		random = random * 1103515245 + 12345;
		open_pair(random >> 16, pair);
		speak(pair[0], pair[1], 1 + (random >> 8) % 500);
		copy = (int)MUST(dup(pair[0]));
		MUST(close(pair[0]));
		speak(copy, pair[1], 1 + (random >> 4) % 300);
		MUST(dup2(pair[1], SHARED + (int)(random >> 20) % SHARED_COUNT));
		if (random >> 30)
			close(SHARED + (int)(random >> 12) % SHARED_COUNT);
		MUST(close(pair[1]));
		MUST(close(copy));
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	unsigned seeds[THREADS];

	listener = tcp_listener(THREADS);
	port = port_of(listener);
	for (unsigned i = 0; i < THREADS; i++) {
		seeds[i] = i * 7919 + (unsigned)getpid();
		pthread_create(&threads[i], NULL, work, &seeds[i]);
	}
	sleep(SECONDS);
	stop = 1;
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	say("equal %d", sent == received);
	for (int i = 0; i < SHARED_COUNT; i++)	/* which of them are open is chance */
		MUST(dup2(listener, SHARED + i));
	checkpoint("settled %d %lld", listener, sent);
	return 0;
}
