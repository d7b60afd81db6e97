/* SPDX-License-Identifier: MIT
 *
 * Killed with -9 in the middle of traffic, hundreds of times at random moments: the table stays
 * readable, and every row that it shows is whole.
 */
#include <check.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "expect.h"
#include "suite.h"

enum { KILLS = 300, LONGEST_US = 5000, OPEN_MAX = 6, MESSAGE = 64 };

/* A name says its number twice; the halves of two names would not be the same. */
static bool is_whole(const struct socktab_address *address)
{
	const struct sockaddr_un *name = (const void *)&address->storage;
	char text[sizeof(name->sun_path) + 1] = "";
	size_t length = address->len - offsetof(struct sockaddr_un, sun_path);
	unsigned first, second;

	if (address->len <= sizeof(sa_family_t))
		return true;
	if (length > sizeof(name->sun_path) || name->sun_path[0])
		return false;
	memcpy(text, name->sun_path + 1, length - 1);
	return length == 30 && sscanf(text, "socktab-%10u-%10u", &first, &second) == 2
	       && first == second;
}

static bool is_possible(const struct socktab_row *row)
{
	uint64_t bytes = row->rx.bytes + row->tx.bytes;
	uint64_t calls = row->rx.calls + row->tx.calls;

	return !row->torn && !row->stale && row->family == AF_UNIX && row->type == SOCK_DGRAM
	       && row->fd >= 3 && row->fd < 3 + OPEN_MAX && row->cookie
	       && (row->origin == SOCKTAB_ORIGIN_SOCKET || row->origin == SOCKTAB_ORIGIN_DUP)
	       && calls <= 10 && bytes <= calls * MESSAGE && calls * MESSAGE <= bytes + MESSAGE
	       && is_whole(&row->local) && is_whole(&row->peer);
}

static void inspect(const struct run *run)
{
	const struct socktab_process *process = process_of(run, run->pid);
	char local[256], peer[256];
	unsigned open = 0;

	ck_assert_int_eq(process->life, SOCKTAB_GONE);
	for (size_t i = 0; i < socktab_row_count(run->table); i++) {
		const struct socktab_row *row = socktab_row(run->table, i);

		if (row->process != process->id)
			continue;
		ck_assert(!row->open);
		open += !row->closed;
		socktab_address_text(&row->local, local, sizeof(local));
		socktab_address_text(&row->peer, peer, sizeof(peer));
		ck_assert_msg(is_possible(row),
			      "row %d:%d torn %d stale %d family %d type %d origin %d cookie"
			      " %" PRIu64 " bytes %" PRIu64 " calls %" PRIu64 " local %s peer %s",
			      row->pid, row->fd, row->torn, row->stale, row->family, row->type,
			      row->origin, row->cookie, row->rx.bytes + row->tx.bytes,
			      row->rx.calls + row->tx.calls, local, peer);
	}
	ck_assert_uint_le(open, OPEN_MAX);
}

START_TEST(killed_at_random_moments)
{
	unsigned seed = (unsigned)time(NULL);

	printf("killed_at_random_moments: seed %u\n", seed);
	for (int i = 0; i < KILLS; i++) {
		struct run *run = start("traffic_until_killed");

		reach(run, "ready");
		let_go(run);
		usleep((useconds_t)rand_r(&seed) % LONGEST_US);
		kill(run->pid, SIGKILL);
		ck_assert_int_eq(waitpid(run->pid, &run->status, 0), run->pid);
		ck_assert(WIFSIGNALED(run->status));
		look_again(run);
		inspect(run);
		if (i + 1 < KILLS)
			discard(run);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, killed_at_random_moments);
}

int main(void)
{
	return suite_run("killed", fill);
}
