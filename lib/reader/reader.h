/* SPDX-License-Identifier: MIT
 *
 * What the files of the reader library tell each other: the way from a file's bytes
 * (header.c, processes.c, snapshot.c) to rows that people can rely on (rows.c, join.c).
 */
#ifndef SOCKTAB_READER_H
#define SOCKTAB_READER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "abi.h"

/* All else in this library is hidden. */
#pragma GCC visibility push(default)
#include "socktab.h"
#pragma GCC visibility pop

/* A table's file, its header checked. */
struct st_file {
	int fd;
	const char *path;		/* for complaints */
	struct st_header header;	/* the mutable part as of the last st_header_again */
	struct st_region chunks, processes, rows;
};

/* From where we look: what a process's life is judged by. */
struct st_vantage {
	uint8_t boot_id[16];		/* zeroes: unknown */
	uint64_t pidns;			/* of the processes that /proc shows us; 0: no such /proc */
	uint64_t tick_ns;		/* unit of start times in /proc */
	int64_t mono_ns, boot_ns, real_ns;
	bool same_boot;			/* ... as the file's writer */
};

struct st_snapshot {
	struct st_vantage vantage;
	struct socktab_losses losses;
	struct socktab_process *processes;	/* ascending id, as are rows */
	size_t process_count;
	uint32_t *process_order;		/* in order of attaching */
	struct socktab_row *rows;
	size_t row_count, row_room;
	uint32_t *row_order;			/* in order of process, then opening */
};

struct socktab {
	struct st_file file;
	struct socktab_session session;
	struct st_snapshot snapshot;
};

/* More than these is damage, not a session. */
#define ST_ROWS_LIMIT		(UINT64_C(1) << 26)
#define ST_PROCESSES_LIMIT	(UINT64_C(1) << 20)

/* complain.c */
int st_fail(struct socktab_error *error, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));	/* answers -code */

/* directory.c. Root may read what is another user's when `foreign`. */
int st_directory_open(const char *path, bool foreign, struct socktab_error *error);
int st_file_open(int directory, const char *path, const char *name, bool foreign,
		 struct socktab_error *error);

/* header.c */
bool st_is_table(int fd);
int st_read(const struct st_file *file, void *buf, uint64_t size, uint64_t offset,
	    struct socktab_error *error);
int st_header_read(struct st_file *file, struct socktab_error *error);
int st_header_again(struct st_file *file, struct socktab_error *error);

/* stretch.c: elements of a region, read twice */
struct st_stretch {
	char *first, *second;		/* two successive reads of the same elements */
	size_t stride;
	uint64_t room;			/* elements */
};

int st_stretch_alloc(struct st_stretch *stretch, const struct st_region *region,
		     struct socktab_error *error);
void st_stretch_free(struct st_stretch *stretch);
int st_stretch_read(struct st_stretch *stretch, const struct st_file *file,
		    const struct st_region *region, uint64_t index, uint64_t count,
		    struct socktab_error *error);

/* life.c */
void st_vantage_take(struct st_vantage *vantage, const struct st_header *header);
enum socktab_life st_life_of(const struct st_vantage *vantage, const struct st_process *slot);

/* processes.c */
int st_processes_read(const struct st_file *file, struct st_snapshot *snapshot,
		      struct socktab_error *error);
struct socktab_process *st_process_find(const struct st_snapshot *snapshot, uint64_t id);

/* losses.c */
void st_losses_add(struct socktab_losses *losses, const st_u64 *lost);

/* snapshot.c */
int st_snapshot_take(const struct st_file *file, struct st_snapshot *snapshot,
		     struct socktab_error *error);
void st_snapshot_free(struct st_snapshot *snapshot);

/* rows.c: `again` is a later copy of the same row. `state` stays that of the socket, also of
 * a closed row, until st_rows_join. */
void st_row_decode(struct socktab_row *row, const struct st_row *raw, const struct st_row *again,
		   uint64_t id, const struct socktab_process *process);

/* datagrams.c */
void st_datagram_decode(struct socktab_row *row, const struct st_datagram *raw,
			const struct st_datagram *again);

/* address.c */
void st_address_take(struct socktab_address *address, const uint8_t *bytes, size_t len,
		     size_t room);

/* join.c */
int st_rows_join(struct st_snapshot *snapshot);

/* order.c */
int st_snapshot_order(struct st_snapshot *snapshot);

/* sessions.c */
int st_session_describe(struct socktab_session *session, const struct st_file *file,
			const char *name, const struct st_snapshot *snapshot);

#endif
