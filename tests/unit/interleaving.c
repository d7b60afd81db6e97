/* SPDX-License-Identifier: MIT
 *
 * What writers do between two reads of the library. Chance finds these moments once in a million;
 * here the library's pread is ours, and each read is followed by what the test wants.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "forge.h"

static struct forge forge;
static uint8_t *map;			/* of the file */
static void (*after_read)(off_t from, off_t to);
static size_t read_at_most;
static unsigned reads, interrupted;

ssize_t pread64(int fd, void *buf, size_t size, off_t offset);
ssize_t pread64(int fd, void *buf, size_t size, off_t offset)
{
	ssize_t n;

	if (interrupted && reads++ % interrupted == 0) {
		errno = EINTR;
		return -1;
	}
	if (read_at_most && size > read_at_most)
		size = read_at_most;
	n = syscall(SYS_pread64, fd, buf, size, offset);
	if (n > 0 && after_read)
		after_read(offset, offset + n);
	return n;
}

static void begin(void)
{
	struct sockaddr_storage address;
	struct st_row *row;
	int fd;

	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	row = forge_open(&forge, 0, 3);
	forge_inet(&address, "127.0.0.1", 1);
	forge_local(row, &address, sizeof(struct sockaddr_in));
	forge_open(&forge, 0, 4);
	forge_write(&forge, "table");
	fd = open(forge.path, O_RDWR | O_CLOEXEC);
	map = mmap(NULL, forge.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ck_assert_ptr_ne(map, MAP_FAILED);
	close(fd);
}

static void end(void)
{
	after_read = NULL;
	munmap(map, forge.size);
	forge_end(&forge);
}

static off_t offset_of(const void *place)
{
	return (const uint8_t *)place - forge.image;
}

/* The place in the file of a place in the image. */
static void *live(const void *place)
{
	return map + offset_of(place);
}

static bool covers(off_t from, off_t to, const void *place)
{
	return from <= offset_of(place) && to > offset_of(place);
}

static int changes_left;
static unsigned row_reads;

/* The first row's local address becomes another one after each read of it. */
static void change_address(off_t from, off_t to)
{
	struct sockaddr_storage address;
	struct st_row *row = live(forge_row(&forge, 0));

	if (!covers(from, to, forge_row(&forge, 0)))
		return;
	row_reads++;
	if (changes_left == 0)
		return;
	changes_left--;
	forge_inet(&address, "127.0.0.1", (uint16_t)(100 + changes_left));
	forge_local(row, &address, sizeof(struct sockaddr_in));
}

static const struct socktab_row *first_row(struct socktab *table)
{
	ck_assert_uint_eq(socktab_row_count(table), 2);
	return socktab_row(table, 0);
}

START_TEST(a_row_that_changes_between_reads_is_read_until_it_is_whole)
{
	for (int changes = 1; changes <= 6; changes++) {
		struct socktab *table;
		const struct socktab_row *row;

		after_read = change_address;
		changes_left = changes;
		table = forge_read(&forge);
		row = first_row(table);
		ck_assert(!row->torn);
		ck_assert_int_eq(socktab_address_port(&row->local), 100);
		ck_assert_int_eq(changes_left, 0);
		socktab_close(table);
	}
}
END_TEST

START_TEST(a_row_that_never_holds_still_is_flagged_and_not_waited_for)
{
	struct socktab *table;

	after_read = change_address;
	changes_left = INT32_MAX;
	row_reads = 0;
	table = forge_read(&forge);
	ck_assert(first_row(table)->torn);
	ck_assert(!socktab_row(table, 1)->torn);
	ck_assert_uint_le(row_reads, 20);
	forge_walk(table);
	changes_left = 0;
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	ck_assert(!first_row(table)->torn);
	socktab_close(table);
}
END_TEST

/* The first row is taken for another descriptor, step by step: one after each read. */
static int step;

static void reuse_row(off_t from, off_t to)
{
	struct st_row *row = live(forge_row(&forge, 0));

	if (!covers(from, to, forge_row(&forge, 0)))
		return;
	switch (step++) {
	case 0:
		row->life = ST_LIFE(2, ST_FILLING);
		row->cells = 0;
		break;
	case 1:
		row->fd = 77;
		break;
	case 2:
		row->cookie = 78;
		break;
	case 3:
		row->life = ST_LIFE(2, ST_OPEN);
		break;
	}
}

START_TEST(a_row_that_is_reused_between_reads_is_the_old_or_the_new_one)
{
	struct socktab *table;
	const struct socktab_row *row;

	after_read = reuse_row;
	step = 0;
	table = forge_read(&forge);
	/* The second and third reads found it being filled: in this snapshot it is not there. */
	if (socktab_row_count(table) == 2) {
		row = socktab_row(table, 0);
		ck_assert_int_eq(row->fd, 77);
		ck_assert_uint_eq(row->cookie, 78);
	}
	step = 4;
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	socktab_close(table);
}
END_TEST

static void fill_for_ever(off_t from, off_t to)
{
	if (covers(from, to, forge_row(&forge, 0)))
		((struct st_row *)live(forge_row(&forge, 0)))->life = ST_LIFE(2, ST_FILLING);
}

START_TEST(a_row_that_begins_to_be_filled_is_left_out)
{
	struct socktab *table;

	after_read = fill_for_ever;
	table = forge_read(&forge);
	ck_assert_uint_eq(socktab_row_count(table), 1);
	ck_assert_int_eq(socktab_row(table, 0)->fd, 4);
	socktab_close(table);
}
END_TEST

/* A counter moves all the time; that makes no row inconsistent. */
static void count(off_t from, off_t to)
{
	if (covers(from, to, forge_row(&forge, 0)))
		((struct st_row *)live(forge_row(&forge, 0)))->tx.bytes++;
}

START_TEST(counters_that_move_tear_nothing)
{
	struct socktab *table;

	after_read = count;
	table = forge_read(&forge);
	ck_assert(!first_row(table)->torn);
	socktab_close(table);
}
END_TEST

/* The process says that it exits right after its slot was read, and its pid is gone. */
static void say_exit(off_t from, off_t to)
{
	struct st_process *slot = live(forge_process(&forge, 0));

	if (!covers(from, to, forge_process(&forge, 0)))
		return;
	slot->exit_status = 5;
	slot->life = ST_LIFE(1, ST_CLOSED);
}

START_TEST(who_says_that_it_exits_between_reads_was_not_killed)
{
	struct st_process *slot = live(forge_process(&forge, 0));
	struct socktab *table;

	slot->pid = INT32_MAX;
	table = forge_read(&forge);
	ck_assert_int_eq(socktab_process(table, 0)->life, SOCKTAB_GONE);
	after_read = say_exit;
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	ck_assert_int_eq(socktab_process(table, 0)->life, SOCKTAB_EXITED);
	ck_assert_int_eq(socktab_process(table, 0)->exit_status, 5);
	socktab_close(table);
}
END_TEST

/* The slot is taken for another process between its reads. */
static void retake_slot(off_t from, off_t to)
{
	struct st_process *slot = live(forge_process(&forge, 0));

	if (covers(from, to, forge_process(&forge, 0)) && ST_LIFE_GEN(slot->life) == 1) {
		slot->life = ST_LIFE(2, ST_OPEN);
		slot->pid = 1;
	}
}

START_TEST(a_slot_that_is_taken_between_reads_is_left_to_the_next_snapshot)
{
	struct socktab *table;

	after_read = retake_slot;
	table = forge_read(&forge);
	ck_assert_uint_eq(socktab_process_count(table), 0);
	ck_assert_uint_eq(socktab_row_count(table), 0);
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	ck_assert_uint_eq(socktab_process_count(table), 1);
	ck_assert_int_eq(socktab_process(table, 0)->pid, 1);
	socktab_close(table);
}
END_TEST

static off_t cut_at;

static void cut(off_t from, off_t to)
{
	(void)from, (void)to;
	if (cut_at-- == 0)
		ck_assert_int_eq(truncate(forge.path, 0), 0);
}

START_TEST(a_file_cut_between_any_two_reads_is_damaged)
{
	struct socktab *table;
	int code = -EBADMSG;
	off_t at;

	munmap(map, forge.size);
	for (at = 0; code < 0; at++) {
		after_read = NULL;
		forge_write(&forge, "table");
		cut_at = at;
		after_read = cut;
		code = socktab_open(NULL, forge.path, &table, NULL);
		if (code < 0)
			ck_assert_int_eq(code, -EBADMSG);
	}
	after_read = NULL;
	ck_assert_int_gt(at, 5);
	ck_assert_uint_eq(socktab_row_count(table), 2);
	socktab_close(table);
	map = mmap(NULL, forge.size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
END_TEST

START_TEST(short_and_interrupted_reads_are_gone_on_with)
{
	struct socktab *table;

	read_at_most = 100;
	interrupted = 3;
	table = forge_read(&forge);
	ck_assert_int_eq(socktab_address_port(&first_row(table)->local), 1);
	ck_assert_uint_gt(reads, 100);
	forge_walk(table);
	socktab_close(table);
	read_at_most = interrupted = 0;
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("interleaving");
	TCase *tcase = forge_case(suite, "interleaving");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, a_row_that_changes_between_reads_is_read_until_it_is_whole);
	tcase_add_test(tcase, a_row_that_never_holds_still_is_flagged_and_not_waited_for);
	tcase_add_test(tcase, a_row_that_is_reused_between_reads_is_the_old_or_the_new_one);
	tcase_add_test(tcase, a_row_that_begins_to_be_filled_is_left_out);
	tcase_add_test(tcase, counters_that_move_tear_nothing);
	tcase_add_test(tcase, who_says_that_it_exits_between_reads_was_not_killed);
	tcase_add_test(tcase, a_slot_that_is_taken_between_reads_is_left_to_the_next_snapshot);
	tcase_add_test(tcase, a_file_cut_between_any_two_reads_is_damaged);
	tcase_add_test(tcase, short_and_interrupted_reads_are_gone_on_with);
	return forge_main(suite);
}
