/* SPDX-License-Identifier: MIT
 *
 * Session files that are not what they should be, and modules that are there twice.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi.h"
#include "expect.h"
#include "suite.h"

/* The whole of a program's life; the last one of a test is forgotten by its fixture. */
static struct run *live(const struct launch *launch)
{
	struct run *run = start_with(launch);

	reach(run, "child");
	reach(run, "image");
	reach(run, "open");
	finish(run);
	return run;
}

/* --------------------------------------------------------------------- damaged sessions --- */

static struct st_region *region(struct st_header *header, uint32_t kind)
{
	for (int i = 0; i < ST_REGIONS_MAX; i++)
		if (header->regions[i].kind == kind)
			return &header->regions[i];
	ck_abort_msg("no region %u", kind);
}

static void no_magic(struct st_header *header)
{
	header->magic[0] ^= 1;
}

static void another_major_version(struct st_header *header)
{
	header->major++;
}

static void another_boot(struct st_header *header)
{
	header->boot_id[0] ^= 1;
}

static void another_stride(struct st_header *header)
{
	region(header, ST_REGION_ROWS)->stride *= 2;
}

static void rows_that_start_at_once(struct st_header *header)
{
	region(header, ST_REGION_ROWS)->offset = 0;
}

static void rows_that_start_within_a_page(struct st_header *header)
{
	region(header, ST_REGION_ROWS)->offset += 8;
}

static void rows_beyond_the_end(struct st_header *header)
{
	region(header, ST_REGION_ROWS)->count += 4096;
}

static void more_chunks_than_rows(struct st_header *header)
{
	region(header, ST_REGION_ROWS)->count = ST_ROWS_PER_CHUNK;
}

static void chunks_behind_the_rows(struct st_header *header)
{
	region(header, ST_REGION_CHUNKS)->offset = region(header, ST_REGION_ROWS)->offset + 65536;
}

static void processes_that_wrap_around(struct st_header *header)
{
	region(header, ST_REGION_PROCESSES)->offset = UINT64_MAX - 4095;
}

static void no_processes(struct st_header *header)
{
	region(header, ST_REGION_PROCESSES)->kind = ST_REGION_NONE;
}

static const struct { const char *name; void (*damage)(struct st_header *); } damages[] = {
	{ "no magic", no_magic },
	{ "another major version", another_major_version },
	{ "another boot", another_boot },
	{ "another stride", another_stride },
	{ "rows that start at once", rows_that_start_at_once },
	{ "rows that start within a page", rows_that_start_within_a_page },
	{ "rows beyond the end", rows_beyond_the_end },
	{ "more chunks than rows", more_chunks_than_rows },
	{ "chunks behind the rows", chunks_behind_the_rows },
	{ "processes that wrap around", processes_that_wrap_around },
	{ "no processes", no_processes },
};

static void session_path(char *path, size_t size)
{
	snprintf(path, size, "%s/everyday_life", suite_directory());
}

static void damage(void (*how)(struct st_header *))
{
	struct st_header header;
	char path[256];
	int file;

	session_path(path, sizeof(path));
	file = open(path, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(pread(file, &header, sizeof(header), 0), sizeof(header));
	how(&header);
	ck_assert_int_eq(pwrite(file, &header, sizeof(header), 0), sizeof(header));
	close(file);
}

static const struct launch unrecorded = { .program = "everyday_life", .tolerate = NO_TABLE };

/* The program is as bare. */
START_TEST(damaged_session)
{
	printf("damaged_session: %s\n", damages[_i].name);
	discard(live(&(struct launch){ .program = "everyday_life" }));
	damage(damages[_i].damage);
	live(&unrecorded);
}
END_TEST

static void make_empty(const char *path)
{
	ck_assert_int_eq(close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)), 0);
}

static void make_a_hole(const char *path)
{
	make_empty(path);
	ck_assert_int_eq(truncate(path, 1 << 20), 0);
}

static void make_a_fifo(const char *path)
{
	ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void make_a_link(const char *path)
{
	ck_assert_int_eq(symlink("/dev/zero", path), 0);
}

static void make_a_directory(const char *path)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void (*const others[])(const char *) = {
	make_empty, make_a_hole, make_a_fifo, make_a_link, make_a_directory,
};

START_TEST(session_that_is_none)
{
	char path[256];

	session_path(path, sizeof(path));
	others[_i](path);
	live(&unrecorded);
	remove(path);
}
END_TEST

/* --------------------------------------------------------------------------- two copies --- */

/* Where programs may be run from; /dev/shm need not be such a place. */
static void copy_path(char *path, size_t size)
{
	snprintf(path, size, "%s/copy_of_the_module.so", suite_programs());
}

static void copy_module(const char *path)
{
	int from = open(suite_module(), O_RDONLY | O_CLOEXEC);
	int to = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0700);
	struct stat st;

	ck_assert_int_eq(fstat(from, &st), 0);
	for (off_t at = 0; at < st.st_size;)
		ck_assert_int_gt(sendfile(to, from, &at, (size_t)(st.st_size - at)), 0);
	close(from);
	close(to);
}

/* As after an upgrade: an installed module, and the one that LD_PRELOAD had already. */
static void preload_both(const char *directory)
{
	const char *module = getenv("LD_PRELOAD");
	char copy[512], both[1024];

	(void)directory;
	if (!module)
		return;
	copy_path(copy, sizeof(copy));
	snprintf(both, sizeof(both), "%s:%s", copy, module);
	setenv("LD_PRELOAD", both, 1);
}

/* Only one of them is at work: all is counted once, in one slot. */
START_TEST(two_copies_of_the_module)
{
	char copy[512];
	struct run *run;

	copy_path(copy, sizeof(copy));
	copy_module(copy);
	run = start_with(&(struct launch){ .program = "everyday_life", .prepare = preload_both });
	reach(run, "child");
	ck_assert_uint_eq(socktab_process_count(run->table), 2);
	reach(run, "image");
	ck_assert_uint_eq(socktab_process_count(run->table), 2);
	ck_assert_uint_eq(process_of(run, number(run, 0))->execs, 1);
	reach(run, "open");
	ck_assert_uint_eq(row_at(run, 1)->rx.bytes, 1);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.tx_bytes, 1);
	ck_assert_uint_eq(process_of(run, run->pid)->totals.opened, 104);
	for (size_t i = 0; i < socktab_process_count(run->table); i++)
		ck_assert_uint_eq(socktab_losses_sum(&socktab_process(run->table, i)->losses), 0);
	finish(run);
	unlink(copy);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, damaged_session, 0, sizeof(damages) / sizeof(*damages));
	tcase_add_loop_test(tcase, session_that_is_none, 0, sizeof(others) / sizeof(*others));
	tcase_add_test(tcase, two_copies_of_the_module);
}

int main(void)
{
	return suite_run("session", fill);
}
