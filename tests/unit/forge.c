/* SPDX-License-Identifier: MIT
 *
 * See forge.h.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "forge.h"

const struct forge_shape forge_small = { .chunks = 4, .rows_per_chunk = 8, .processes = 4 };

int64_t forge_now(int clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void own_boot_id(uint8_t id[16])
{
	unsigned byte[16];
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fscanf(file, "%2x%2x%2x%2x-%2x%2x-%2x%2x-%2x%2x-%2x%2x%2x%2x%2x%2x",
		&byte[0], &byte[1], &byte[2], &byte[3], &byte[4], &byte[5], &byte[6], &byte[7],
		&byte[8], &byte[9], &byte[10], &byte[11], &byte[12], &byte[13], &byte[14],
		&byte[15]), 16);
	fclose(file);
	for (int i = 0; i < 16; i++)
		id[i] = (uint8_t)byte[i];
}

static uint64_t own_pidns(void)
{
	struct stat st;

	ck_assert_int_eq(stat("/proc/self/ns/pid", &st), 0);
	return st.st_ino;
}

struct st_header *forge_header(struct forge *forge)
{
	return (struct st_header *)forge->image;
}

static struct st_region *region(struct forge *forge, uint32_t kind)
{
	return &forge_header(forge)->regions[kind - ST_REGION_CHUNKS];
}

static void *element(struct forge *forge, uint32_t kind, uint32_t index)
{
	struct st_region *r = region(forge, kind);

	ck_assert_uint_lt(index, r->count);
	return forge->image + r->offset + (uint64_t)index * r->stride;
}

struct st_chunk *forge_chunk(struct forge *forge, uint32_t index)
{
	return element(forge, ST_REGION_CHUNKS, index);
}

struct st_process *forge_process(struct forge *forge, uint32_t index)
{
	return element(forge, ST_REGION_PROCESSES, index);
}

struct st_row *forge_row(struct forge *forge, uint32_t index)
{
	return element(forge, ST_REGION_ROWS, index);
}

static uint64_t lay_out(struct st_region *regions, const struct forge_shape *shape)
{
	struct st_region wanted[] = {
		{ ST_REGION_CHUNKS, shape->chunk_stride ? shape->chunk_stride :
		  (uint32_t)sizeof(struct st_chunk), 0, shape->chunks },
		{ ST_REGION_PROCESSES, shape->process_stride ? shape->process_stride :
		  (uint32_t)sizeof(struct st_process), 0, shape->processes },
		{ ST_REGION_ROWS, shape->row_stride ? shape->row_stride :
		  (uint32_t)sizeof(struct st_row), 0,
		  (uint64_t)shape->chunks * shape->rows_per_chunk },
	};
	uint64_t offset = 4096;

	for (size_t i = 0; i < 3; i++) {
		wanted[i].offset = offset;
		offset += (wanted[i].count * wanted[i].stride + 4095) / 4096 * 4096;
		if (regions)
			regions[i] = wanted[i];
	}
	return offset;
}

static void fill_header(struct forge *forge)
{
	struct st_header *header = forge_header(forge);

	memcpy(header->magic, ST_MAGIC, sizeof header->magic);
	header->byte_order = ST_BYTE_ORDER;
	header->major = ST_MAJOR;
	header->minor = ST_MINOR;
	header->file_size = forge->size;
	own_boot_id(header->boot_id);
	header->uid = geteuid();
	header->rows_per_chunk = forge->shape.rows_per_chunk;
	header->created_real_ns = (uint64_t)forge_now(CLOCK_REALTIME);
	header->created_mono_ns = (uint64_t)forge_now(CLOCK_MONOTONIC);
	header->created_boot_ns = (uint64_t)forge_now(CLOCK_BOOTTIME);
	lay_out(header->regions, &forge->shape);
}

void forge_begin(struct forge *forge, const struct forge_shape *shape)
{
	const char *tmp = getenv("TMPDIR");

	memset(forge, 0, sizeof *forge);
	forge->shape = *shape;
	if (snprintf(forge->directory, sizeof forge->directory, "%s/socktab-forge-XXXXXX",
		     tmp && strlen(tmp) < 32 ? tmp : "/tmp") < 0 || !mkdtemp(forge->directory))
		ck_abort_msg("mkdtemp: %s", strerror(errno));
	forge->size = lay_out(NULL, shape);
	forge->image = aligned_alloc(4096, forge->size);
	ck_assert_ptr_nonnull(forge->image);
	memset(forge->image, 0, forge->size);
	fill_header(forge);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

void forge_end(struct forge *forge)
{
	nftw(forge->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(forge->image);
}

uint32_t forge_attach(struct forge *forge)
{
	uint32_t index = forge->processes++;
	struct st_process *slot = forge_process(forge, index);

	slot->pid = getpid();
	slot->ppid = getppid();
	slot->uid = geteuid();
	slot->pidns = own_pidns();
	slot->attached_boot_ns = (uint64_t)forge_now(CLOCK_BOOTTIME);
	slot->attached_ns = slot->image_ns = (uint64_t)forge_now(CLOCK_MONOTONIC);
	slot->exit_status = -1;
	strcpy(slot->comm, "forged");
	slot->life = ST_LIFE(1, ST_OPEN);
	forge_header(forge)->high.processes_high = forge->processes;
	return index;
}

uint64_t forge_process_id(struct forge *forge, uint32_t process)
{
	return ST_REF(process, ST_LIFE_GEN(forge_process(forge, process)->life));
}

static void claim_chunk(struct forge *forge, uint32_t process)
{
	uint32_t index = forge->chunks++;
	struct st_chunk *chunk = forge_chunk(forge, index);

	chunk->owner = forge_process_id(forge, process);
	forge->chunk_of[process] = index + 1;
	forge->rows[process] = 0;
	forge_header(forge)->high.chunks_high = forge->chunks;
}

struct st_row *forge_open(struct forge *forge, uint32_t process, int fd)
{
	uint32_t per_chunk = forge->shape.rows_per_chunk;
	struct st_row *row;

	if (!forge->chunk_of[process] || forge->rows[process] == per_chunk)
		claim_chunk(forge, process);
	row = forge_row(forge, (forge->chunk_of[process] - 1) * per_chunk +
			forge->rows[process]++);
	row->owner = forge_process_id(forge, process);
	row->fd = fd;
	row->family = AF_INET;
	row->type = SOCK_STREAM;
	row->origin = ST_ORIGIN_SOCKET;
	row->state = ST_STATE_UNCONN;
	row->created_ns = row->changed_ns = (uint64_t)forge_now(CLOCK_MONOTONIC);
	row->life = ST_LIFE(1, ST_OPEN);
	forge_process(forge, process)->totals.opened++;
	return row;
}

uint64_t forge_row_id(struct forge *forge, const struct st_row *row)
{
	struct st_region *r = region(forge, ST_REGION_ROWS);
	uint64_t offset = (uint64_t)((const uint8_t *)row - forge->image) - r->offset;

	return ST_REF(offset / r->stride, ST_LIFE_GEN(row->life));
}

static void publish(struct st_row *row, int shift, const void *address, size_t len)
{
	uint32_t word = (uint32_t)row->cells, old = word >> shift & 0xf, cell = 0;

	while (word & 1u << cell)
		cell++;
	ck_assert_uint_lt(cell, ST_CELLS);
	row->address[cell].len = (uint16_t)len;
	memcpy(row->address[cell].bytes, address, len > ST_ADDRESS_MAX ? ST_ADDRESS_MAX : len);
	word = (word & ~(0xfu << shift)) | (cell + 1) << shift | 1u << cell;
	if (old)
		word &= ~(1u << (old - 1));
	row->cells = ((row->cells >> 32) + 1) << 32 | word;
}

void forge_local(struct st_row *row, const void *address, size_t len)
{
	publish(row, 8, address, len);
}

void forge_peer(struct st_row *row, const void *address, size_t len)
{
	publish(row, 12, address, len);
}

void forge_write(struct forge *forge, const char *name)
{
	int fd;

	snprintf(forge->path, sizeof forge->path, "%s/%s", forge->directory, name);
	fd = open(forge->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, forge->image, forge->size), (ssize_t)forge->size);
	close(fd);
}

struct socktab *forge_read(struct forge *forge)
{
	struct socktab_error error = { 0 };
	struct socktab *table;

	ck_assert_msg(socktab_open(NULL, forge->path, &table, &error) == 0, "%s", error.text);
	ck_assert_ptr_nonnull(table);
	return table;
}

void forge_refused(struct forge *forge, int code)
{
	struct socktab_error error = { 0 };
	struct socktab *table;

	ck_assert_int_eq(socktab_open(NULL, forge->path, &table, &error), -code);
	ck_assert_ptr_null(table);
	ck_assert_int_eq(error.code, code);
	ck_assert_msg(strstr(error.text, forge->directory), "no path: %s", error.text);
	ck_assert_msg(!strchr(error.text, '\n'), "two lines: %s", error.text);
}

static void walk_address(const struct socktab_address *address)
{
	char small[4], text[600];

	ck_assert_uint_le(address->len, sizeof address->storage);
	ck_assert_int_lt(socktab_address_text(address, text, sizeof text), (int)sizeof text);
	ck_assert_int_eq(socktab_address_text(address, small, sizeof small),
			 socktab_address_text(address, NULL, 0));
	ck_assert_ptr_nonnull(memchr(small, '\0', sizeof small));
	ck_assert_int_ge(socktab_address_host(address, text, sizeof text), 0);
	ck_assert_int_ge(socktab_address_port(address), -1);
}

static void walk_row(const struct socktab *table, const struct socktab_row *row)
{
	const struct socktab_process *process = socktab_process_by_id(table, row->process);
	char text[128];

	ck_assert_ptr_nonnull(process);
	ck_assert_ptr_eq(socktab_row_by_id(table, row->id), row);
	ck_assert_int_eq(row->pid, process->pid);
	ck_assert(!(row->open && row->closed));
	ck_assert_uint_le(row->peer_count, 4);
	ck_assert_uint_le(row->group_count, 4);
	ck_assert_uint_le(row->open, row->holders);
	ck_assert_ptr_nonnull(socktab_state_name(row->state));
	ck_assert_ptr_nonnull(socktab_origin_name(row->origin));
	ck_assert_ptr_nonnull(socktab_closer_name(row->closer));
	ck_assert_int_gt(socktab_proto_text(row, text, sizeof text), 0);
	ck_assert_int_lt(socktab_proto_text(row, text, sizeof text), (int)sizeof text);
	walk_address(&row->local);
	walk_address(&row->peer);
	for (uint32_t i = 0; i < row->peer_count; i++)
		walk_address(&row->last_peers[i]);
	socktab_row_by_id(table, row->parent);
	socktab_row_by_id(table, row->pair);
	socktab_wall_ns(table, row->created_ns);
}

void forge_walk(const struct socktab *table)
{
	uint32_t open = 0;

	for (size_t i = 0; i < socktab_process_count(table); i++) {
		const struct socktab_process *process = socktab_process(table, i);

		ck_assert_ptr_eq(socktab_process_by_id(table, process->id), process);
		ck_assert_uint_lt(strlen(process->comm), sizeof process->comm);
		ck_assert_uint_lt(strlen(process->cmdline), sizeof process->cmdline);
		open += process->open;
	}
	for (size_t i = 0; i < socktab_row_count(table); i++) {
		walk_row(table, socktab_row(table, i));
		open -= socktab_row(table, i)->open;
	}
	ck_assert_uint_eq(open, 0);
	ck_assert_ptr_null(socktab_row(table, socktab_row_count(table)));
	ck_assert_ptr_null(socktab_process(table, socktab_process_count(table)));
}

void forge_inet(struct sockaddr_storage *storage, const char *host, uint16_t port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };

	ck_assert_int_eq(inet_pton(AF_INET, host, &in.sin_addr), 1);
	memset(storage, 0, sizeof *storage);
	memcpy(storage, &in, sizeof in);
}

TCase *forge_case(Suite *suite, const char *name)
{
	TCase *tcase = tcase_create(name);

	tcase_set_timeout(tcase, 120);
	suite_add_tcase(suite, tcase);
	return tcase;
}

int forge_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
