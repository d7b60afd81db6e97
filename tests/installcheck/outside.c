/* SPDX-License-Identifier: MIT
 *
 * A program outside the tree, built by what pkg-config says and nothing else. Here it opens the
 * session that it is told and prints a line for each open socket of it.
 */
#include <socktab.h>
#include <stdio.h>

static void print_row(const struct socktab_row *row)
{
	char proto[32], local[256];

	socktab_proto_text(row, proto, sizeof(proto));
	socktab_address_text(&row->local, local, sizeof(local));
	printf("%d %d %s %s %s rx=%llu tx=%llu\n", (int)row->pid, row->fd, proto,
	       socktab_state_name(row->state), local, (unsigned long long)row->rx.bytes,
	       (unsigned long long)row->tx.bytes);
}

int main(int argc, char **argv)
{
	struct socktab_error error;
	struct socktab_losses losses;
	struct socktab *table;
	size_t i;

	if (argc != 2) {
		fprintf(stderr, "usage: outside SESSION\n");
		return 2;
	}
	if (socktab_open(NULL, argv[1], &table, &error) < 0) {
		fprintf(stderr, "outside: %s\n", error.text);
		return 1;
	}
	for (i = 0; i < socktab_row_count(table); i++)
		if (socktab_row(table, i)->open)
			print_row(socktab_row(table, i));
	losses = socktab_losses(table);
	if (socktab_losses_sum(&losses) != 0)
		printf("lost %llu\n", (unsigned long long)socktab_losses_sum(&losses));
	socktab_close(table);
	return 0;
}
