/* SPDX-License-Identifier: MIT
 *
 * Every call on a descriptor that is no socket.
 */
#include "loopback.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>

int main(void)
{
	int hose[2], file = (int)MUST(memfd_create("file", MFD_CLOEXEC)), on = 1, copy;
	char buffer[8];
	struct iovec part = { buffer, sizeof(buffer) };

	MUST(pipe(hose));
	TELL(write(hose[1], "pipe", 4));
	TELL(read(hose[0], buffer, 8));
	TELL(writev(file, &part, 1));
	TELL(pwritev2(file, &part, 1, -1, 0));
	TELL(lseek(file, 0, SEEK_SET));
	TELL(readv(file, &part, 1));
	TELL(preadv2(file, &part, 1, 0, 0));
	TELL(recv(file, buffer, 1, 0));
	TELL(ioctl(hose[0], FIONBIO, &on));
	TELL(setsockopt(file, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)));
	copy = (int)TELL(dup(file));
	TELL(dup2(hose[0], copy));
	TELL(close(copy));
	checkpoint("open %d %d", file, hose[0]);
	return 0;
}
