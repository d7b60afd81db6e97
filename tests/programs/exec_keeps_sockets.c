/* SPDX-License-Identifier: MIT
 *
 * Sockets without close-on-exec live on in the next program, with all that is known of them.
 */
#include "loopback.h"

int main(int argc, char **argv)
{
	int pair[2], listener;
	char numbers[2][16], byte[8];

	if (argc > 2) {
		pair[0] = atoi(argv[1]);
		listener = atoi(argv[2]);
		checkpoint("after %d %d", pair[0], listener);
		TELL(recv(pair[0], byte, sizeof(byte), 0));
		MUST(send(pair[0], "newer", 5, 0));
		checkpoint("used %d %d", pair[0], listener);
		return 0;
	}
	tcp_pair(pair);
	listener = tcp_listener(6);
	MUST(fcntl(pair[1], F_SETFD, FD_CLOEXEC));
	MUST(send(pair[0], "older", 5, 0));
	MUST(recv(pair[1], byte, 5, MSG_WAITALL));
	MUST(send(pair[1], "bye", 3, 0));
	snprintf(numbers[0], sizeof(numbers[0]), "%d", pair[0]);
	snprintf(numbers[1], sizeof(numbers[1]), "%d", listener);
	checkpoint("before %d %d %d", pair[0], pair[1], listener);
	MUST(execl(argv[0], argv[0], numbers[0], numbers[1], (char *)NULL));
	return 1;
}
