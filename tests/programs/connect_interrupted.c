/* SPDX-License-Identifier: MIT
 *
 * A signal interrupts connect, which goes on by itself and completes.
 */
#include "loopback.h"

#include <poll.h>
#include <signal.h>
#include <sys/time.h>

static void ring(int number)
{
	(void)number;
}

int main(void)
{
	struct sigaction action = { .sa_handler = ring };
	struct itimerval soon = { .it_interval.tv_usec = 50000, .it_value.tv_usec = 50000 };
	struct itimerval never = { .it_value.tv_usec = 0 };
	int waiting, server = crowded_listener(&waiting);
	int client = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	int port = port_of(server);
	struct pollfd ready = { .fd = client, .events = POLLOUT };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	TELL(connect_to_port(client, port));
	setitimer(ITIMER_REAL, &never, NULL);
	checkpoint("interrupted %d %d", server, client);
	MUST(accept(server, NULL, NULL));
	TELL(poll(&ready, 1, 20000));
	checkpoint("connected %d %d", server, client);
	return 0;
}
