/* SPDX-License-Identifier: MIT
 *
 * mq_close closes any number.
 */
#include "loopback.h"

#include <mqueue.h>

int main(void)
{
	int fd = udp_bound();

	TELL(mq_close(fd));
	TELL(mq_close(fd));
	checkpoint("closed %d", fd);
	return 0;
}
