/* SPDX-License-Identifier: MIT
 *
 * Forges tables: what the module would have written, and what it never would, in a private
 * directory of the test's own. All images are small unless the shape says otherwise.
 */
#ifndef SOCKTAB_FORGE_H
#define SOCKTAB_FORGE_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "abi.h"
#include "socktab.h"

struct forge_shape {
	uint32_t chunks, rows_per_chunk, processes;
	uint32_t chunk_stride, process_stride, row_stride;	/* 0: of version 1.0 */
};

extern const struct forge_shape forge_small;	/* 4 chunks of 8 rows, 4 processes */

struct forge {
	char directory[64];
	char path[128];			/* of the file written last */
	struct forge_shape shape;
	uint8_t *image;			/* of the whole file, to be changed at will */
	uint64_t size;
	uint32_t processes, chunks;	/* used so far */
	uint32_t rows[64];		/* used so far, in each process's current chunk */
	uint32_t chunk_of[64];		/* index + 1 of that chunk */
};

void forge_begin(struct forge *forge, const struct forge_shape *shape);
void forge_end(struct forge *forge);		/* removes the directory and all in it */

struct st_header *forge_header(struct forge *forge);
struct st_chunk *forge_chunk(struct forge *forge, uint32_t index);
struct st_process *forge_process(struct forge *forge, uint32_t index);
struct st_row *forge_row(struct forge *forge, uint32_t index);

/* The next slot, as of this very process, alive; answers its index. */
uint32_t forge_attach(struct forge *forge);
/* The next row of a process: an open TCP socket without addresses. */
struct st_row *forge_open(struct forge *forge, uint32_t process, int fd);
uint64_t forge_row_id(struct forge *forge, const struct st_row *row);
uint64_t forge_process_id(struct forge *forge, uint32_t process);

/* By the writers' protocol, without its atomics. */
void forge_local(struct st_row *row, const void *address, size_t len);
void forge_peer(struct st_row *row, const void *address, size_t len);

void forge_write(struct forge *forge, const char *name);
/* Opens what was written last; the test fails when that fails. */
struct socktab *forge_read(struct forge *forge);
/* Expects that opening it fails so; the complaint must be one line with the path. */
void forge_refused(struct forge *forge, int code);

/* Calls everything there is on everything in the table. */
void forge_walk(const struct socktab *table);

void forge_inet(struct sockaddr_storage *storage, const char *host, uint16_t port);
int64_t forge_now(int clock);
int forge_main(Suite *suite);
TCase *forge_case(Suite *suite, const char *name);

#endif
