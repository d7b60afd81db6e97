/* SPDX-License-Identifier: MIT
 *
 * Tables that no module wrote: cut, of other layouts, mutated, noise. An error or rows that are
 * in range, never a crash or a loop.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forge.h"

static struct forge forge;

/* Two processes, each with some rows of all sorts. */
static void fill(void)
{
	struct sockaddr_storage address;
	struct st_row *row;

	for (int process = 0; process < 2; process++) {
		forge_attach(&forge);
		for (int fd = 3; fd < 8; fd++) {
			row = forge_open(&forge, (uint32_t)process, fd);
			row->cookie = (uint64_t)fd;
			forge_inet(&address, "127.0.0.1", (uint16_t)(1000 + fd));
			forge_local(row, &address, sizeof(struct sockaddr_in));
			forge_peer(row, &address, sizeof(struct sockaddr_in));
			row->type = fd % 2 ? SOCK_STREAM : SOCK_DGRAM;
		}
		row->life = ST_LIFE(1, ST_CLOSED);
	}
}

static void begin(void)
{
	forge_begin(&forge, &forge_small);
	fill();
}

static void end(void)
{
	forge_end(&forge);
}

static void begin_with(const struct forge_shape *shape)
{
	forge_end(&forge);
	forge_begin(&forge, shape);
	fill();
}

/* Whatever it is, it must be an error with its line or a table that can be walked. */
static int try(void)
{
	struct socktab_error error = { 0 };
	struct socktab *table;
	int code = socktab_open(NULL, forge.path, &table, &error);

	if (code < 0) {
		ck_assert(code == -EPROTO || code == -EBADMSG);
		ck_assert_ptr_nonnull(strstr(error.text, forge.path));
		return code;
	}
	forge_walk(table);
	code = socktab_refresh(table, &error);
	ck_assert_int_eq(code, 0);
	forge_walk(table);
	socktab_close(table);
	return 0;
}

START_TEST(a_truncated_table_is_damaged)
{
	forge_write(&forge, "cut");
	ck_assert_int_eq(try(), 0);
	for (uint64_t size = (forge.size - 1) / 512 * 512 + 512; size > 0; ) {
		size -= 512;
		ck_assert_int_eq(truncate(forge.path, (off_t)size), 0);
		forge_refused(&forge, size ? EBADMSG : EPROTO);
	}
	for (off_t size = 832; size >= 0; size -= 13) {
		forge_write(&forge, "cut");
		ck_assert_int_eq(truncate(forge.path, size), 0);
		forge_refused(&forge, size >= 8 ? EBADMSG : EPROTO);
	}
}
END_TEST

START_TEST(a_table_cut_while_it_is_open_keeps_its_last_snapshot)
{
	struct socktab_error error = { 0 };
	struct socktab *table;

	forge_write(&forge, "cut");
	table = forge_read(&forge);
	ck_assert_uint_eq(socktab_row_count(table), 10);
	ck_assert_int_eq(truncate(forge.path, 12288), 0);
	ck_assert_int_eq(socktab_refresh(table, &error), -EBADMSG);
	ck_assert_ptr_nonnull(strstr(error.text, "truncated"));
	ck_assert_uint_eq(socktab_row_count(table), 10);
	forge_walk(table);
	forge_write(&forge, "cut");
	ck_assert_int_eq(socktab_refresh(table, &error), 0);
	ck_assert_uint_eq(socktab_row_count(table), 10);
	socktab_close(table);
}
END_TEST

START_TEST(another_major_version_is_refused_and_a_later_minor_read)
{
	forge_header(&forge)->major = ST_MAJOR + 1;
	forge_write(&forge, "major");
	forge_refused(&forge, EPROTO);
	forge_header(&forge)->major = 0;
	forge_write(&forge, "major");
	forge_refused(&forge, EPROTO);
	forge_header(&forge)->major = ST_MAJOR;
	forge_header(&forge)->minor = ST_MINOR + 7;
	forge_write(&forge, "minor");
	ck_assert_int_eq(try(), 0);
}
END_TEST

START_TEST(another_byte_order_is_told_from_another_version)
{
	struct st_header *header = forge_header(&forge);
	struct socktab_error error;
	struct socktab *table;

	header->byte_order = __builtin_bswap32(header->byte_order);
	header->major = __builtin_bswap16(header->major);
	header->file_size = __builtin_bswap64(header->file_size);
	forge_write(&forge, "order");
	ck_assert_int_eq(socktab_open(NULL, forge.path, &table, &error), -EPROTO);
	ck_assert_ptr_nonnull(strstr(error.text, "byte order"));
}
END_TEST

START_TEST(unknown_regions_are_skipped)
{
	struct st_header *header = forge_header(&forge);

	header->regions[3] = (struct st_region) { .kind = ST_REGION_THREADS, .stride = 1 };
	header->regions[4] = (struct st_region) { 999, 0, UINT64_MAX, UINT64_MAX };
	header->regions[5] = header->regions[0];
	header->regions[0] = (struct st_region) { ST_REGION_RINGS, 3, 5, 7 };
	forge_write(&forge, "unknown");
	ck_assert_int_eq(try(), 0);
}
END_TEST

START_TEST(larger_elements_of_a_later_minor_version_are_read_by_stride)
{
	static const struct forge_shape larger = {
		.chunks = 4, .rows_per_chunk = 8, .processes = 4,
		.chunk_stride = 40, .process_stride = 704, .row_stride = 1088,
	};
	struct socktab *table;

	begin_with(&larger);
	forge_write(&forge, "larger");
	table = forge_read(&forge);
	ck_assert_uint_eq(socktab_process_count(table), 2);
	ck_assert_uint_eq(socktab_row_count(table), 10);
	for (size_t i = 0; i < 10; i++) {
		const struct socktab_row *row = socktab_row(table, i);

		ck_assert_int_eq(row->fd, 3 + (int)i % 5);
		ck_assert_int_eq(socktab_address_port(&row->local), 1000 + row->fd);
	}
	forge_walk(table);
	socktab_close(table);
}
END_TEST

START_TEST(chunks_of_one_row_and_elements_larger_than_a_stretch_are_read)
{
	static const struct forge_shape shapes[] = {
		{ .chunks = 16, .rows_per_chunk = 1, .processes = 2 },
		{ .chunks = 2, .rows_per_chunk = 100, .processes = 2 },
		{ .chunks = 2, .rows_per_chunk = 6, .processes = 2,
		  .chunk_stride = 1 << 17, .process_stride = 1 << 17, .row_stride = 1 << 17 },
	};

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		struct socktab *table;

		begin_with(&shapes[i]);
		forge_write(&forge, "shape");
		table = forge_read(&forge);
		ck_assert_uint_eq(socktab_row_count(table), 10);
		forge_walk(table);
		socktab_close(table);
	}
}
END_TEST

static void refuse_region(int i, struct st_region region)
{
	struct st_region *place = &forge_header(&forge)->regions[i], good = *place;

	*place = region;
	forge_write(&forge, "region");
	forge_refused(&forge, EBADMSG);
	*place = good;
}

START_TEST(impossible_regions_are_damage)
{
	for (int i = 0; i < 3; i++) {
		struct st_region good = forge_header(&forge)->regions[i], bad;

#define REFUSE(field, value) (bad = good, bad.field = (value), refuse_region(i, bad))
		REFUSE(kind, ST_REGION_NONE);
		REFUSE(kind, forge_header(&forge)->regions[(i + 1) % 3].kind);
		REFUSE(stride, 0);
		REFUSE(stride, good.stride - 8);
		REFUSE(stride, good.stride + 1);
		REFUSE(stride, UINT32_MAX);
		REFUSE(offset, 0);
		REFUSE(offset, good.offset + 8);
		REFUSE(offset, UINT64_MAX - 4095);
		REFUSE(offset, forge.size);
		REFUSE(count, 0);
		REFUSE(count, UINT64_MAX);
		REFUSE(count, UINT64_MAX / good.stride + 1);
		REFUSE(count, forge.size / good.stride + 1);
#undef REFUSE
	}
	forge_header(&forge)->rows_per_chunk = 0;
	forge_write(&forge, "region");
	forge_refused(&forge, EBADMSG);
}
END_TEST

START_TEST(high_marks_beyond_the_regions_are_cut)
{
	struct st_header *header = forge_header(&forge);
	struct socktab *table;

	header->high.processes_high = UINT32_MAX;
	header->high.chunks_high = UINT32_MAX;
	forge_write(&forge, "high");
	table = forge_read(&forge);
	ck_assert_uint_eq(socktab_row_count(table), 10);
	socktab_close(table);
	header->rows_per_chunk = UINT32_MAX;
	forge_write(&forge, "high");
	ck_assert_int_eq(try(), 0);
}
END_TEST

static void put_byte(uint64_t offset, uint8_t byte)
{
	int fd = open(forge.path, O_WRONLY | O_CLOEXEC);

	ck_assert_int_eq(pwrite(fd, &byte, 1, (off_t)offset), 1);
	close(fd);
}

/* The header's every byte, then bytes of the rest at random, but where there is something. */
static uint64_t place_to_mutate(unsigned i)
{
	uint64_t offset;

	if (i < sizeof(struct st_header))
		return i;
	do
		offset = 4096 + (uint64_t)random() % (forge.size - 4096);
	while (forge.image[offset] == 0 && random() % 8);
	return offset;
}

START_TEST(one_byte_gone_wrong_is_an_error_or_a_row)
{
	unsigned opened = 0, refused = 0;

	srandom(4711);
	forge_write(&forge, "mutated");
	for (unsigned i = 0; i < 3000; i++) {
		uint64_t offset = place_to_mutate(i);

		put_byte(offset, forge.image[offset] ^ (uint8_t)(1 + random() % 255));
		*(try() == 0 ? &opened : &refused) += 1;
		put_byte(offset, forge.image[offset]);
	}
	ck_assert_uint_gt(opened, 2000);
	ck_assert_uint_gt(refused, 50);
}
END_TEST

static void make_noise(uint64_t from)
{
	for (uint64_t i = from; i < forge.size; i++)
		forge.image[i] = (uint8_t)(random() >> 8);
}

/* Noise alone hardly gets beyond the magic; so more and more of a good header is left. */
START_TEST(noise_is_an_error_or_rows)
{
	static const uint64_t from[] = {
		0, 8, 12, offsetof(struct st_header, file_size),
		offsetof(struct st_header, regions), offsetof(struct st_header, regions) + 72,
		offsetof(struct st_header, high), 4096, 8192, 12288,
	};
	uint8_t *good = malloc(forge.size);
	unsigned opened = 0;

	srandom(42);
	memcpy(good, forge.image, forge.size);
	for (unsigned i = 0; i < 2000; i++) {
		memcpy(forge.image, good, forge.size);
		make_noise(from[i % 10]);
		/* More regions than three would be found in noise only. */
		if (from[i % 10] > 184 && from[i % 10] < 576)
			memset(forge.image + from[i % 10], 0, 576 - from[i % 10]);
		forge_write(&forge, "noise");
		opened += try() == 0;
	}
	free(good);
	ck_assert_uint_ge(opened, 600);
}
END_TEST

/* Chunks and owners fit, so that the rows' own noise is believed as far as it can be. */
START_TEST(noise_in_rows_gives_rows_in_range)
{
	struct socktab *table;

	srandom(17);
	for (int i = 0; i < 500; i++) {
		for (uint32_t r = 0; r < 32; r++) {
			struct st_row *row = forge_row(&forge, r);

			for (size_t b = 0; b < sizeof *row; b++)
				((uint8_t *)row)[b] = (uint8_t)(random() >> 8);
			row->owner = forge_process_id(&forge, r / 8 % 2);
			row->life = ST_LIFE(r, ST_OPEN + r % 2);
			row->cookie %= 4;
		}
		forge_write(&forge, "noise");
		table = forge_read(&forge);
		ck_assert_uint_eq(socktab_row_count(table), 16);
		forge_walk(table);
		socktab_close(table);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("damage");
	TCase *tcase = forge_case(suite, "damage");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, a_truncated_table_is_damaged);
	tcase_add_test(tcase, a_table_cut_while_it_is_open_keeps_its_last_snapshot);
	tcase_add_test(tcase, another_major_version_is_refused_and_a_later_minor_read);
	tcase_add_test(tcase, another_byte_order_is_told_from_another_version);
	tcase_add_test(tcase, unknown_regions_are_skipped);
	tcase_add_test(tcase, larger_elements_of_a_later_minor_version_are_read_by_stride);
	tcase_add_test(tcase, chunks_of_one_row_and_elements_larger_than_a_stretch_are_read);
	tcase_add_test(tcase, impossible_regions_are_damage);
	tcase_add_test(tcase, high_marks_beyond_the_regions_are_cut);
	tcase_add_test(tcase, one_byte_gone_wrong_is_an_error_or_a_row);
	tcase_add_test(tcase, noise_is_an_error_or_rows);
	tcase_add_test(tcase, noise_in_rows_gives_rows_in_range);
	return forge_main(suite);
}
