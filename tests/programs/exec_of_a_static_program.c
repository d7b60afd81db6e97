/* SPDX-License-Identifier: MIT
 *
 * exec of a program that no module can be loaded into.
 */
#include "loopback.h"

int main(int argc, char **argv)
{
	char path[512];
	int fd = tcp_listener(2);

	(void)argc;
	snprintf(path, sizeof(path), "%.*s/static_program",
		 (int)(strrchr(argv[0], '/') - argv[0]), argv[0]);
	checkpoint("before %d", fd);
	execl(path, path, (char *)NULL);
	skip("no static program");
}
