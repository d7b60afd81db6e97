/* SPDX-License-Identifier: MIT
 *
 * EPIPE, ECONNRESET, ENOTCONN, EFAULT: counted as errors, the last one is kept.
 */
#include "loopback.h"

int main(void)
{
	struct linger none = { 1, 0 };
	int reset[2], gone[2], alone = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
	char byte;

	tcp_pair(reset);
	MUST(setsockopt(reset[1], SOL_SOCKET, SO_LINGER, &none, sizeof(none)));
	MUST(close(reset[1]));
	TELL(recv(reset[0], &byte, 1, 0));
	TELL(send(reset[0], "x", 1, MSG_NOSIGNAL));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, gone));
	TELL(recv(gone[0], nowhere(), 1, MSG_DONTWAIT));
	TELL(send(gone[0], nowhere(), 1, 0));
	MUST(close(gone[1]));
	TELL(send(gone[0], "x", 1, MSG_NOSIGNAL));
	TELL(recv(gone[0], &byte, 1, 0));
	TELL(recv(alone, &byte, 1, 0));
	TELL(send(-1, "x", 1, 0));
	TELL(send(0, "x", 1, 0));
	checkpoint("broken %d %d %d", reset[0], gone[0], alone);
	return 0;
}
