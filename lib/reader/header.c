/* SPDX-License-Identifier: MIT
 *
 * Here we read a table's header and believe nothing of it that the file's size does not bear out.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

/* pread and not mmap: a load of a hole that is mapped shared allocates memory on a tmpfs, and
 * one beyond the end of a file that somebody cut is SIGBUS. */
int st_read(const struct st_file *file, void *buf, uint64_t size, uint64_t offset,
	    struct socktab_error *error)
{
	for (uint64_t done = 0; done < size; ) {
		ssize_t n = pread(file->fd, (char *)buf + done, size - done,
				  (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return st_fail(error, errno, "%s: cannot read: %s", file->path,
				       strerror(errno));
		if (n == 0)
			return st_fail(error, EBADMSG, "%s: truncated: nothing at byte %" PRIu64
				       ": remove it with \"socktab gc\"", file->path,
				       offset + done);
		done += (uint64_t)n;
	}
	return 0;
}

bool st_is_table(int fd)
{
	char magic[sizeof ST_MAGIC];

	return pread(fd, magic, sizeof magic, 0) == sizeof magic &&
	       memcmp(magic, ST_MAGIC, sizeof magic) == 0;
}

static int damaged(const struct st_file *file, const char *what, struct socktab_error *error)
{
	return st_fail(error, EBADMSG, "%s: damaged: %s: remove it with \"socktab gc\"",
		       file->path, what);
}

static int check_version(const struct st_file *file, struct socktab_error *error)
{
	const struct st_header *header = &file->header;

	if (header->byte_order != ST_BYTE_ORDER)
		return st_fail(error, EPROTO, "%s: written on a machine of another byte order: "
			       "read it there", file->path);
	if (header->major != ST_MAJOR)
		return st_fail(error, EPROTO, "%s: has layout %u.%u and this library reads %u.x: "
			       "use the socktab that wrote it", file->path, header->major,
			       header->minor, ST_MAJOR);
	return 0;
}

static int check_size(const struct st_file *file, struct socktab_error *error)
{
	struct stat st;

	if (fstat(file->fd, &st) < 0)
		return st_fail(error, errno, "%s: %s", file->path, strerror(errno));
	if ((uint64_t)st.st_size < file->header.file_size)
		return st_fail(error, EBADMSG, "%s: truncated: %jd of %" PRIu64 " bytes: "
			       "remove it with \"socktab gc\"", file->path, (intmax_t)st.st_size,
			       file->header.file_size);
	return 0;
}

/* `known` is the element's size as of version 1.0, `align` what its type asks for. */
static const char *region_fault(const struct st_region *region, uint64_t file_size, size_t known,
				size_t align, uint64_t limit)
{
	uint64_t size;

	if (region->kind == ST_REGION_NONE)
		return "a region is missing";
	if (region->stride < known || region->stride % align || region->stride > 1 << 20)
		return "a region's stride is impossible";
	if (region->count == 0 || region->count > limit)
		return "a region's count is impossible";
	if (region->offset < sizeof(struct st_header) || region->offset % 4096)
		return "a region's offset is impossible";
	if (__builtin_mul_overflow(region->count, (uint64_t)region->stride, &size) ||
	    __builtin_add_overflow(region->offset, size, &size) || size > file_size)
		return "a region ends beyond the file's end";
	return NULL;
}

static struct st_region *region_place(struct st_file *file, uint32_t kind)
{
	switch (kind) {
	case ST_REGION_CHUNKS:
		return &file->chunks;
	case ST_REGION_PROCESSES:
		return &file->processes;
	case ST_REGION_ROWS:
		return &file->rows;
	default:
		return NULL;	/* of a later minor version, or of no use to us */
	}
}

static int find_regions(struct st_file *file, struct socktab_error *error)
{
	memset(&file->chunks, 0, sizeof file->chunks);
	memset(&file->processes, 0, sizeof file->processes);
	memset(&file->rows, 0, sizeof file->rows);
	for (size_t i = 0; i < ST_REGIONS_MAX; i++) {
		const struct st_region *region = &file->header.regions[i];
		struct st_region *place = region_place(file, region->kind);

		if (!place)
			continue;
		if (place->kind != ST_REGION_NONE)
			return damaged(file, "it names a region twice", error);
		*place = *region;
	}
	return 0;
}

static int check_regions(struct st_file *file, struct socktab_error *error)
{
	uint64_t size = file->header.file_size;
	const char *fault;
	int code = find_regions(file, error);

	if (code < 0)
		return code;
	fault = region_fault(&file->chunks, size, sizeof(struct st_chunk),
			     _Alignof(struct st_chunk), ST_ROWS_LIMIT);
	if (!fault)
		fault = region_fault(&file->processes, size, sizeof(struct st_process),
				     _Alignof(struct st_process), ST_PROCESSES_LIMIT);
	if (!fault)
		fault = region_fault(&file->rows, size, sizeof(struct st_row),
				     _Alignof(struct st_row), ST_ROWS_LIMIT);
	if (!fault && file->header.rows_per_chunk == 0)
		fault = "its chunks have no rows";
	return fault ? damaged(file, fault, error) : 0;
}

int st_header_read(struct st_file *file, struct socktab_error *error)
{
	int code;

	if (!st_is_table(file->fd))
		return st_fail(error, EPROTO, "%s: is no socket table: it does not start with "
			       "\"" ST_MAGIC "\"", file->path);
	if ((code = st_read(file, &file->header, sizeof file->header, 0, error)) < 0 ||
	    (code = check_version(file, error)) < 0 ||
	    (code = check_size(file, error)) < 0)
		return code;
	return check_regions(file, error);
}

/* Where the regions are is settled; how far they are used, and what was lost, is not. */
int st_header_again(struct st_file *file, struct socktab_error *error)
{
	size_t from = offsetof(struct st_header, high);
	int code = check_size(file, error);

	if (code < 0)
		return code;
	return st_read(file, (char *)&file->header + from, sizeof file->header - from, from,
		       error);
}
