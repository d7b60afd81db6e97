/* SPDX-License-Identifier: MIT
 *
 * A thread waits in a connect that does not end; the program looks at itself meanwhile.
 */
#include "loopback.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>

static int client, port;
static atomic_int tid;

static void *connector(void *unused)
{
	tid = (int)syscall(SYS_gettid);
	TELL(connect_to_port(client, port));
	return unused;
}

/* In connect, the only call that it can be waiting in. */
static void wait_until_it_waits(void)
{
	char path[64], line[64] = "";

	while (atoi(line) != SYS_connect) {
		FILE *file;

		usleep(1000);
		snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
		file = fopen(path, "re");
		if (!file || !fgets(line, sizeof(line), file))
			line[0] = '\0';
		if (!file && tid)
			skip("no /proc/self/task/TID/syscall");
		if (file)
			fclose(file);
	}
}

int main(void)
{
	int waiting, server = crowded_listener(&waiting);
	pthread_t thread;

	client = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	port = port_of(server);
	pthread_create(&thread, NULL, connector, NULL);
	wait_until_it_waits();
	checkpoint("waiting %d %d", server, client);
	MUST(accept(server, NULL, NULL));
	pthread_join(thread, NULL);
	checkpoint("connected %d %d", server, client);
	return 0;
}
