/* SPDX-License-Identifier: MIT
 *
 * A stream over a socket: fclose closes the descriptor.
 */
#include "loopback.h"

int main(void)
{
	int pair[2];
	char line[16];
	FILE *stream;

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	stream = fdopen(pair[0], "r+");
	TELL(fputs("line\n", stream));
	TELL(fflush(stream));
	TELL(read(pair[1], line, sizeof(line)));
	checkpoint("spoken %d %d", pair[0], pair[1]);
	TELL(fclose(stream));
	checkpoint("closed %d %d", pair[0], pair[1]);
	return 0;
}
