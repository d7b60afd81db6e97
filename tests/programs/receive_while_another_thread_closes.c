/* SPDX-License-Identifier: MIT
 *
 * A thread waits in recv while another one closes the socket and opens others: what it is given
 * in the end are not theirs.
 */
#include "loopback.h"

#include <pthread.h>
#include <stdatomic.h>

enum { OTHERS = 64 };

static int pair[2];
static atomic_int tid;

static void *wait_for_bytes(void *unused)
{
	char bytes[16];

	tid = gettid();
	TELL(recv(pair[0], bytes, sizeof(bytes), 0));
	return unused;
}

static void wait_until_asleep(void)
{
	char path[64], line[512];
	FILE *file;

	while (!tid)
		usleep(500);
	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	for (;; usleep(500)) {
		file = fopen(path, "re");
		if (!file || !fgets(line, sizeof(line), file))
			_exit(5);
		fclose(file);
		if (strncmp(line, "running", 7))
			return;
	}
}

static void open_others(int *fd)
{
	for (int i = 0; i < OTHERS; i++)
		fd[i] = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 0, other[OTHERS], closed;
	pthread_t thread;

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pthread_create(&thread, NULL, wait_for_bytes, NULL);
	wait_until_asleep();
	closed = pair[0];
	MUST(close(pair[0]));
	open_others(other);
	for (int i = 0; i < rounds; i++) {
		for (int j = 0; j < OTHERS; j++)
			MUST(close(other[j]));
		open_others(other);
	}
	MUST(send(pair[1], "0123456789", 10, 0));
	pthread_join(thread, NULL);
	checkpoint("received %d %d", closed, pair[1]);
	return 0;
}
