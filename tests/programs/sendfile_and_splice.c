/* SPDX-License-Identifier: MIT
 *
 * Bytes that go from a file or a pipe to a socket and back without passing memory.
 */
#include "loopback.h"

#include <sys/mman.h>
#include <sys/sendfile.h>

int main(void)
{
	int pair[2], hose[2], file = (int)MUST(memfd_create("file", 0));
	off_t offset = 2;

	tcp_pair(pair);
	MUST(write(file, "0123456789", 10));
	TELL(sendfile(pair[0], file, &offset, 5));
	say("offset %ld", (long)offset);
	MUST(lseek(file, 9, SEEK_SET));
	TELL(sendfile(pair[0], file, NULL, 5));
	TELL(sendfile(pair[0], -1, NULL, 5));
	MUST(pipe(hose));
	MUST(write(hose[1], "abcdefg", 7));
	TELL(splice(hose[0], NULL, pair[0], NULL, 4, 0));
	TELL(splice(pair[1], NULL, hose[1], NULL, 6, 0));
	MUST(fcntl(pair[0], F_SETFL, O_NONBLOCK));
	TELL(splice(pair[0], NULL, hose[1], NULL, 6, 0));
	checkpoint("moved %d %d", pair[0], pair[1]);
	return 0;
}
