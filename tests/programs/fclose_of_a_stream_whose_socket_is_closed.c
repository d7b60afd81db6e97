/* SPDX-License-Identifier: MIT
 *
 * fclose of a stream whose descriptor was closed behind its back fails.
 */
#include "loopback.h"

int main(void)
{
	int fd = tcp_listener(1);
	FILE *stream = fdopen(fd, "r");

	TELL(close(fd));
	TELL(fclose(stream));
	checkpoint("closed %d", fd);
	return 0;
}
