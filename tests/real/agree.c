/* SPDX-License-Identifier: MIT
 *
 * agree SESSION SOCKETS: here a session of running programs is held against the kernel. All its
 * living processes, and all that these have started, hold together at least SOCKETS descriptors
 * of sockets; each has its row, no row has none, and both say the same.
 *
 * What changes while it is compared is compared again. Status 0: they agree. 1: they do not, and
 * each line on stdout says where. 77: this user may not look into these processes.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/preload/agree.h"
#include "tests/preload/kernel.h"
#include "tests/preload/run.h"

enum {
	PROCESSES_MAX = 4096,
	PAUSE_US = 50000,
	WAITS = 200,		/* for the sockets to be there */
	RACES = 10,		/* comparisons, once they are */
};

struct crowd { size_t count; pid_t pids[PROCESSES_MAX]; };

/* -------------------------------------------------------------------------- processes --- */

static void add_with_children(struct crowd *crowd, pid_t pid);

static void add_children(struct crowd *crowd, pid_t pid)
{
	char path[64];
	FILE *file;
	int child;

	/* Children of other threads than the first are missed here; the table has them. */
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	file = fopen(path, "re");
	while (file && fscanf(file, "%d", &child) == 1)
		add_with_children(crowd, child);
	if (file)
		fclose(file);
}

static void add_with_children(struct crowd *crowd, pid_t pid)
{
	for (size_t i = 0; i < crowd->count; i++)
		if (crowd->pids[i] == pid)
			return;
	if (crowd->count == PROCESSES_MAX)
		return;
	crowd->pids[crowd->count++] = pid;
	add_children(crowd, pid);
}

static void find_crowd(const struct socktab *table, struct crowd *crowd)
{
	crowd->count = 0;
	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		if (process->life == SOCKTAB_ALIVE)
			add_with_children(crowd, process->pid);
	}
}

/* ------------------------------------------------------------------------- comparison --- */

/* Whether a descriptor of the first process may be borrowed; a judgement needs that. */
static bool may_look(const struct crowd *crowd)
{
	int copy = crowd->count ? kernel_borrow(crowd->pids[0], STDERR_FILENO) : 0;

	if (copy > STDERR_FILENO)
		close(copy);
	return copy != -EPERM && copy != -ENOSYS;
}

/* A program that the module is not in has no rows, and is not to be overlooked. */
static void find_blind(const struct socktab *table, struct complaints *complaints)
{
	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		if (process->blind || process->no_rows || process->unshared)
			complain(complaints, "process %d (%s): blind %d, no rows %d, unshared %d",
				 process->pid, process->comm, process->blind, process->no_rows,
				 process->unshared);
	}
}

/* Returns how many sockets the processes hold. */
static size_t compare(const char *session, struct crowd *crowd, struct complaints *complaints)
{
	struct socktab_error error;
	struct socktab *table;
	size_t held;

	complaints->used = 0;
	if (socktab_open(NULL, session, &table, &error) < 0) {
		complain(complaints, "%s", error.text);
		return 0;
	}
	find_crowd(table, crowd);
	held = agree_of(table, crowd->pids, crowd->count, 0, complaints);
	find_blind(table, complaints);
	socktab_close(table);
	return held;
}

int main(int argc, char **argv)
{
	static struct complaints complaints;
	static struct crowd crowd;
	size_t expected = argc == 3 ? strtoul(argv[2], NULL, 10) : 0, held;
	int waits = 0, races = 0;

	if (!expected) {
		fprintf(stderr, "usage: agree SESSION SOCKETS\n");
		return 2;
	}
	while ((held = compare(argv[1], &crowd, &complaints)) < expected && ++waits < WAITS)
		usleep(PAUSE_US);
	if (!may_look(&crowd)) {
		printf("processes of this user may not be looked into\n");
		return 77;
	}
	while (complaints.used && ++races < RACES) {
		usleep(PAUSE_US);
		held = compare(argv[1], &crowd, &complaints);
	}
	if (held < expected)
		complain(&complaints, "%zu sockets are held, not %zu", held, expected);
	if (complaints.used)
		fputs(complaints.text, stdout);
	else
		printf("%zu sockets of %zu processes agree\n", held, crowd.count);
	return complaints.used ? 1 : 0;
}
