/* SPDX-License-Identifier: MIT
 *
 * close_range where no clock that is fine enough may be asked for.
 */
#include "filter.h"

int main(void)
{
	int fd[2];

	MUST(filter_nothing());
	for (int i = 0; i < 5; i++) {
		fd[0] = (int)MUST(socket(AF_INET, SOCK_STREAM, 0));
		fd[1] = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0));
		TELL(close_range((unsigned)fd[0], ~0U, 0));
	}
	MUST(socket(AF_INET, SOCK_STREAM, 0));
	checkpoint("closed %d %d", fd[0], fd[1]);
	return 0;
}
