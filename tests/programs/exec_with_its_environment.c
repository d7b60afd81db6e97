/* SPDX-License-Identifier: MIT
 *
 * What LD_PRELOAD says before and after an exec, with the environment and without.
 */
#include "loopback.h"

static const char *preload(void)
{
	const char *value = getenv("LD_PRELOAD");

	return value ? value : "-";
}

int main(int argc, char **argv)
{
	char *nothing[] = { NULL };

	checkpoint("%s %s", argc == 1 ? "first" : argc == 2 ? "second" : "third", preload());
	if (argc == 1)
		execl(argv[0], argv[0], "again", (char *)NULL);
	if (argc == 2)
		execle(argv[0], argv[0], "again", "bare", (char *)NULL, nothing);
	return argc == 3 ? 0 : 1;
}
