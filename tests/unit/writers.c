/* SPDX-License-Identifier: MIT
 *
 * Rows that are read while two threads of another process rewrite them as fast as they can, by
 * the real protocol: never a mixed address, never one descriptor's identity with another's.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "atomic.h"
#include "forge.h"

#define ROWS 4
#define SECONDS 1
#define SECONDS_AT_MOST 60

static struct forge forge;

/* --- the writer's side, as the module does it ---------------------------------------------- */

/* Takes a free cell; -1: none. */
static int take_cell(struct st_row *row)
{
	st_u64 word = load_relaxed(&row->cells);

	for (;;) {
		uint32_t taken = ST_CELLS_TAKEN(word);
		int cell = __builtin_ctz(~taken);

		if (cell >= ST_CELLS)
			return -1;
		if (cas_acq_rel(&row->cells, &word, word | UINT64_C(1) << cell))
			return cell;
	}
}

/* Makes a filled cell the current one and frees the one before it, in one step. */
static void publish(struct st_row *row, int cell, int shift)
{
	st_u64 word = load_relaxed(&row->cells), new;

	do {
		uint32_t old = (uint32_t)(word >> shift) & 0xf;

		new = (word & ~(UINT64_C(0xf) << shift)) | (uint64_t)(cell + 1) << shift;
		if (old)
			new &= ~(UINT64_C(1) << (old - 1));
		new += UINT64_C(1) << 32;
	} while (!cas_acq_rel(&row->cells, &word, new));
}

/* An address of a family of our own, all of whose bytes are the same. */
static void set_address(struct st_row *row, int shift, uint8_t value)
{
	int cell = take_cell(row);
	struct st_address *address;

	if (cell < 0)
		return;
	address = &row->address[cell];
	address->len = ST_ADDRESS_MAX;
	for (size_t i = 0; i < ST_ADDRESS_MAX; i++)
		store_relaxed(&address->bytes[i], value);
	publish(row, cell, shift);
}

/* So long that a reader finds it twice. */
static void dawdle(void)
{
	for (volatile int i = 0; i < 3000; i++)
		;
}

/* Reuses the row for another descriptor whose every fact says its generation. */
static void reopen(struct st_row *row, bool slowly)
{
	uint32_t gen = ST_LIFE_GEN(load_relaxed(&row->life)) + 1;

	store_release(&row->life, ST_LIFE(gen, ST_FILLING));
	store_relaxed(&row->cells, 0);
	store_relaxed(&row->fd, (int32_t)gen);
	store_relaxed(&row->tid, (int32_t)gen);
	store_relaxed(&row->family, (uint16_t)gen);
	if (slowly)
		dawdle();
	store_relaxed(&row->protocol, gen);
	store_relaxed(&row->cookie, gen);
	store_relaxed(&row->inode, gen);
	store_relaxed(&row->parent, gen);
	set_address(row, 8, (uint8_t)gen);
	store_release(&row->life, ST_LIFE(gen, ST_OPEN));
}

static struct st_row *shared_rows;

/* The first half of the rows changes its addresses, the second its identity. */
static void *hammer(void *who)
{
	uint8_t value = (uint8_t)(uintptr_t)who;

	for (;; value = (uint8_t)(value + 2)) {
		for (int i = 0; i < ROWS / 2; i++) {
			set_address(&shared_rows[i], 8, value);
			set_address(&shared_rows[i], 12, (uint8_t)~value);
		}
		if (who == NULL)
			for (int i = ROWS / 2; i < ROWS; i++)
				reopen(&shared_rows[i], i == ROWS - 1);
	}
	return NULL;
}

static void write_for_ever(void)
{
	const struct st_region *rows = &forge_header(&forge)->regions[2];
	int fd = open(forge.path, O_RDWR | O_CLOEXEC);
	pthread_t other;
	uint8_t *map = mmap(NULL, forge.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (map == MAP_FAILED)
		_exit(1);
	shared_rows = (struct st_row *)(map + rows->offset);
	pthread_create(&other, NULL, hammer, (void *)1);
	hammer(NULL);
}

/* --- the reader's side ---------------------------------------------------------------------- */

struct sightings {
	unsigned rows, torn, values, generations;
	uint8_t last_value;
	uint32_t last_gen;
};

static void check_address(const struct socktab_address *address, struct sightings *seen)
{
	const uint8_t *bytes = (const uint8_t *)&address->storage;

	if (address->len == 0)
		return;
	ck_assert_uint_eq(address->len, ST_ADDRESS_MAX);
	for (size_t i = 1; i < ST_ADDRESS_MAX; i++)
		ck_assert_msg(bytes[i] == bytes[0], "mixed: byte %zu is %02x, byte 0 %02x", i,
			      bytes[i], bytes[0]);
	seen->values += bytes[0] != seen->last_value;
	seen->last_value = bytes[0];
}

static void check_identity(const struct socktab_row *row, struct sightings *seen)
{
	uint32_t gen = ST_REF_GEN(row->id);

	ck_assert_int_eq(row->fd, (int)gen);
	ck_assert_int_eq(row->tid, (int)gen);
	ck_assert_int_eq(row->family, (uint16_t)gen);
	ck_assert_int_eq(row->protocol, (int)gen);
	ck_assert_uint_eq(row->cookie, gen);
	ck_assert_uint_eq(row->inode, gen);
	ck_assert_uint_eq(row->parent, gen);
	if (row->local.len)	/* the forge's own rows have none */
		ck_assert_uint_eq(row->local.sa.sa_family & 0xff, gen & 0xff);
	seen->generations += gen != seen->last_gen;
	seen->last_gen = gen;
}

static void check_row(const struct socktab_row *row, struct sightings *seen)
{
	seen->rows++;
	seen->torn += row->torn;
	if (row->torn)
		return;
	check_address(&row->local, seen);
	if (ST_REF_INDEX(row->id) >= ROWS / 2) {
		check_identity(row, seen);
		return;
	}
	check_address(&row->peer, seen);
}

static bool is_enough(const struct sightings *seen)
{
	return seen->values > 50 && seen->generations > 50;
}

/* For a second, and on a busy machine until enough has been seen. */
static struct sightings watch(struct socktab *table)
{
	int64_t start = forge_now(CLOCK_MONOTONIC), end = start + SECONDS * INT64_C(1000000000);
	int64_t give_up = start + SECONDS_AT_MOST * INT64_C(1000000000), now = start;
	struct sightings seen = { 0 };

	for (; now < end || (now < give_up && !is_enough(&seen)); now = forge_now(CLOCK_MONOTONIC)) {
		ck_assert_int_eq(socktab_refresh(table, NULL), 0);
		for (size_t i = 0; i < socktab_row_count(table); i++)
			check_row(socktab_row(table, i), &seen);
	}
	return seen;
}

static pid_t start_writers(void)
{
	pid_t pid;

	for (int i = 0; i < ROWS; i++) {
		struct st_row *row = forge_open(&forge, 0, 1);

		row->tid = row->family = row->protocol = 1;
		row->cookie = row->inode = row->parent = 1;
	}
	forge_write(&forge, "table");
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		write_for_ever();
	return pid;
}

START_TEST(rows_being_rewritten_are_whole_or_flagged)
{
	struct socktab *table;
	struct sightings seen;
	pid_t pid;

	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	pid = start_writers();
	table = forge_read(&forge);
	seen = watch(table);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	/* A writer killed at any moment leaves rows that are whole. */
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		ck_assert(!socktab_row(table, i)->torn);
		check_row(socktab_row(table, i), &seen);
	}
	socktab_close(table);
	forge_end(&forge);
	ck_assert_msg(is_enough(&seen),
		      "too little was seen to tell: %u addresses, %u generations, %u of %u torn",
		      seen.values, seen.generations, seen.torn, seen.rows);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("writers");
	TCase *tcase = forge_case(suite, "writers");

	tcase_add_test(tcase, rows_being_rewritten_are_whole_or_flagged);
	return forge_main(suite);
}
