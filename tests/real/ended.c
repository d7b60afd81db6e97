/* SPDX-License-Identifier: MIT
 *
 * ended SESSION: here we look at a session whose programs have ended. No process lives, no row is
 * open, every descriptor that was opened was closed or was open at its process's death, and
 * nothing was lost. Status 1: a line on stdout for each thing that is not so.
 */
#include <inttypes.h>
#include <unistd.h>

#include "socktab.h"
#include "tests/preload/complaints.h"

enum { PAUSE_US = 50000, WAITS = 100 };

static void judge_rows(const struct socktab *table, struct complaints *complaints)
{
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		const struct socktab_row *row = socktab_row(table, i);

		if (row->open || row->torn || row->stale)
			complain(complaints, "row %d:%d: open %d, torn %d, stale %d", row->pid,
				 row->fd, row->open, row->torn, row->stale);
		if (row->closed != (row->closer != SOCKTAB_CLOSER_NONE))
			complain(complaints, "row %d:%d: closed %d, by %s", row->pid, row->fd,
				 row->closed, socktab_closer_name(row->closer));
	}
}

static size_t open_at_death(const struct socktab *table, uint64_t process)
{
	size_t count = 0;

	for (size_t i = 0; i < socktab_row_count(table); i++)
		if (socktab_row(table, i)->process == process)
			count += !socktab_row(table, i)->closed;
	return count;
}

static uint64_t judge_processes(const struct socktab *table, struct complaints *complaints)
{
	uint64_t opened = 0;

	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);
		size_t left = open_at_death(table, process->id);

		opened += process->totals.opened;
		if (process->life == SOCKTAB_ALIVE)
			complain(complaints, "process %d (%s) lives", process->pid,
				 process->comm);
		if (process->totals.opened != process->totals.closed + left)
			complain(complaints, "process %d (%s): %" PRIu64 " opened, %" PRIu64
				 " closed, %zu open at its end", process->pid, process->comm,
				 process->totals.opened, process->totals.closed, left);
	}
	return opened;
}

static void judge(const struct socktab *table, struct complaints *complaints)
{
	struct socktab_losses losses = socktab_losses(table);

	judge_rows(table, complaints);
	if (!judge_processes(table, complaints))
		complain(complaints, "no socket was ever opened");
	if (socktab_losses_sum(&losses))
		complain(complaints, "lost: rows %" PRIu64 ", memory %" PRIu64 ", fd %" PRIu64
			 ", address %" PRIu64 ", environment %" PRIu64 ", unshared %" PRIu64
			 ", processes %" PRIu64 ", quiet %" PRIu64 ", other %" PRIu64,
			 losses.rows, losses.memory, losses.fd, losses.address,
			 losses.environment, losses.unshared, losses.processes, losses.quiet,
			 losses.other);
}

int main(int argc, char **argv)
{
	static struct complaints complaints;
	struct socktab_error error;
	struct socktab *table;
	int waits = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: ended SESSION\n");
		return 2;
	}
	if (socktab_open(NULL, argv[1], &table, &error) < 0) {
		printf("%s\n", error.text);
		return 1;
	}
	/* Grandchildren that nobody waits for need a moment. */
	while (socktab_session(table)->alive && ++waits < WAITS) {
		usleep(PAUSE_US);
		socktab_refresh(table, &error);
	}
	judge(table, &complaints);
	if (complaints.used)
		fputs(complaints.text, stdout);
	else
		printf("%zu processes have ended\n", socktab_process_count(table));
	socktab_close(table);
	return complaints.used ? 1 : 0;
}
