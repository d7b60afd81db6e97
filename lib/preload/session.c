/* SPDX-License-Identifier: MIT
 *
 * Here we join the session, making its file when it is not there.
 *
 * A file is made under a temporary name and linked into place once it is whole, so that nobody
 * ever maps half of one; of two processes that make the same session, one loses the race and
 * joins. Its descriptor is closed as soon as it is mapped: the program never finds one more.
 */
#include "config.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "preload/clock.h"
#include "preload/descriptors.h"
#include "preload/kernel.h"
#include "preload/table.h"
#include "preload/text.h"

#define PAGE			4096u
#define ROWS_DEFAULT		65536u
#define ROWS_MAX		(1u << 20)
#define ROWS_OLD_KERNEL		2048u	/* where the file must be allocated whole */
#define PROCESSES		4096u

struct session_environment session_environment;

struct layout {
	uint64_t chunks, processes, rows, end;	/* offsets in the file */
	uint32_t row_count;
};

static uint64_t page_align(uint64_t size)
{
	return (size + PAGE - 1) & ~(uint64_t)(PAGE - 1);
}

static struct layout layout_of(uint32_t rows)
{
	struct layout l;

	l.row_count = (rows + ST_ROWS_PER_CHUNK - 1) / ST_ROWS_PER_CHUNK * ST_ROWS_PER_CHUNK;
	l.chunks = page_align(sizeof(struct st_header));
	l.processes = page_align(l.chunks + l.row_count / ST_ROWS_PER_CHUNK *
				 sizeof(struct st_chunk));
	l.rows = page_align(l.processes + PROCESSES * sizeof(struct st_process));
	l.end = page_align(l.rows + (uint64_t)l.row_count * sizeof(struct st_row));
	return l;
}

/* ----------------------------------------------------------------------------- where it is --- */

/* Names of sessions are file names of a private directory; a leading dot is for our own. */
static bool name_is_good(const char *name)
{
	if (!*name || *name == '.' || strlen(name) >= ST_NAME_MAX)
		return false;
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "0123456789._-")] == '\0';
}

static const char *directory(struct text *text)
{
	const char *given = environment_value(environ, "SOCKTAB_DIR");
	const char *runtime = environment_value(environ, "XDG_RUNTIME_DIR");

	if (given) {
		text_add(text, given);
	} else if (runtime) {
		text_add(text, runtime);
		text_add(text, "/socktab");
	} else {
		text_add(text, "/dev/shm/socktab-");
		text_add_number(text, kernel_geteuid());
	}
	return text->buf;
}

/* What every program that this one starts must be told; see environment.c. */
static int environment_fill(const char *name)
{
	struct text dir = TEXT(session_environment.directory);
	struct text session = TEXT(session_environment.session);
	struct text module = TEXT(session_environment.module);
	Dl_info self;

	text_add(&dir, "SOCKTAB_DIR=");
	directory(&dir);
	text_add(&session, "SOCKTAB_SESSION=");
	text_add(&session, name);
	if (dladdr(&session_environment, &self) && self.dli_fname)
		text_add(&module, self.dli_fname);
	if (session_environment.directory[sizeof("SOCKTAB_DIR")] != '/')
		return -EINVAL;
	return dir.cut || module.cut ? -ENAMETOOLONG : 0;
}

/* A private directory of this user, never through a symbolic link in its place. */
static int directory_open(const char *path)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int dir = kernel_openat(AT_FDCWD, path, flags, 0);
	struct stat st;
	int error;

	if (dir == -ENOENT) {
		error = kernel_mkdir(path, 0700);
		if (error && error != -EEXIST)
			return error;
		dir = kernel_openat(AT_FDCWD, path, flags, 0);
	}
	if (dir < 0)
		return dir;
	error = kernel_fstat(dir, &st);
	if (!error && (st.st_uid != kernel_geteuid() || st.st_mode & 077))
		error = -EPERM;
	if (!error)
		return dir;
	kernel_close(dir);
	return error;
}

/* ------------------------------------------------------------------------------ making one --- */

static void boot_id_read(uint8_t id[16])
{
	char text[40];
	int fd = kernel_openat(AT_FDCWD, "/proc/sys/kernel/random/boot_id",
			       O_RDONLY | O_CLOEXEC, 0);
	long got = fd < 0 ? fd : kernel_read(fd, text, sizeof(text));
	unsigned nibbles = 0;

	if (fd >= 0)
		kernel_close(fd);
	for (long i = 0; i < got && nibbles < 32; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = memchr(digits, text[i], 16);

		if (!digit)
			continue;
		id[nibbles / 2] = (uint8_t)(id[nibbles / 2] << 4 | (digit - digits));
		nibbles++;
	}
}

static void header_write(struct st_header *header, const char *name, const struct layout *l)
{
	const struct st_region regions[] = {
		{ ST_REGION_CHUNKS, sizeof(struct st_chunk), l->chunks,
		  l->row_count / ST_ROWS_PER_CHUNK },
		{ ST_REGION_PROCESSES, sizeof(struct st_process), l->processes, PROCESSES },
		{ ST_REGION_ROWS, sizeof(struct st_row), l->rows, l->row_count },
	};

	memcpy(header->magic, ST_MAGIC, sizeof(header->magic));
	header->byte_order = ST_BYTE_ORDER;
	header->major = ST_MAJOR;
	header->minor = ST_MINOR;
	header->file_size = l->end;
	boot_id_read(header->boot_id);
	header->uid = kernel_geteuid();
	header->rows_per_chunk = ST_ROWS_PER_CHUNK;
	memcpy(header->name, name, strlen(name));
	header->created_real_ns = clock_read(CLOCK_REALTIME);
	header->created_mono_ns = clock_read(CLOCK_MONOTONIC);
	header->created_boot_ns = clock_read(CLOCK_BOOTTIME);
	memcpy(header->regions, regions, sizeof(regions));
}

/* SIGXFSZ is the program's death unless it is met beforehand. */
static bool file_may_be(uint64_t size)
{
	struct rlimit limit;

	return kernel_getrlimit(RLIMIT_FSIZE, &limit) || limit.rlim_cur == RLIM_INFINITY ||
	       limit.rlim_cur >= size;
}

static uint32_t rows_wanted(void)
{
	const char *given = environment_value(environ, "SOCKTAB_ROWS");
	const char *end;
	uint64_t rows = given ? text_number(given, &end) : 0;

	if (!rows || *end)
		return ROWS_DEFAULT;
	return rows < ST_ROWS_PER_CHUNK ? ST_ROWS_PER_CHUNK : rows > ROWS_MAX ? ROWS_MAX :
	       (uint32_t)rows;
}

/* Sizes the file, commits what must be there from the start, and writes the header. */
static int file_fill(int fd, const char *name)
{
	struct layout l = layout_of(rows_wanted());
	long at;
	int error;

	if (!file_may_be(l.end))
		return -EFBIG;
	error = kernel_ftruncate(fd, l.end);
	if (error)
		return error;
	at = kernel_mmap(l.processes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at < 0 && at > -(long)PAGE)
		return (int)at;
	error = kernel_madvise((void *)at, l.processes, MADV_POPULATE_WRITE);
	if (error == -EINVAL) {		/* before Linux 5.14: a small table, allocated whole */
		l = layout_of(ROWS_OLD_KERNEL);
		error = kernel_ftruncate(fd, l.end);
		error = error ? error : kernel_fallocate(fd, 0, l.end);
	}
	if (!error)
		header_write((struct st_header *)at, name, &l);
	kernel_munmap((void *)at, l.processes);
	return error == -EFAULT ? -ENOSPC : error;
}

static int session_make(int dir, const char *name)
{
	char temporary[ST_NAME_MAX + 32];
	struct text text = TEXT(temporary);
	int fd, error;

	text_add(&text, ".");
	text_add(&text, name);
	text_add(&text, ".");
	text_add_hex(&text, (uint64_t)kernel_getpid() << 40 ^ clock_read(CLOCK_MONOTONIC));
	fd = kernel_openat(dir, temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			   0600);
	if (fd < 0)
		return fd;
	error = file_fill(fd, name);
	if (!error)
		error = kernel_linkat(dir, temporary, name);
	kernel_unlinkat(dir, temporary);
	kernel_close(fd);
	return error == -EEXIST ? 0 : error;
}

/* ---------------------------------------------------------------------------- mapping it --- */

/* The program's address space is the program's: a table may take an eighth of its limit. */
static bool may_map(uint64_t size)
{
	struct rlimit limit;

	return kernel_getrlimit(RLIMIT_AS, &limit) || limit.rlim_cur == RLIM_INFINITY ||
	       limit.rlim_cur / 8 >= size;
}

static void *map(int fd, uint64_t offset, uint64_t size)
{
	long at = may_map(size) ? kernel_mmap(size, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
					      offset) : -ENOMEM;

	return at < 0 && at > -(long)PAGE ? NULL : (void *)at;
}

static const struct st_region *region_of(const struct st_header *header, uint32_t kind,
					 uint32_t stride)
{
	for (int i = 0; i < ST_REGIONS_MAX; i++)
		if (header->regions[i].kind == kind)
			return header->regions[i].stride == stride ? &header->regions[i] : NULL;
	return NULL;
}

/* True when the region lies on whole pages between two offsets. */
static bool region_is_within(const struct st_region *region, uint64_t from, uint64_t to)
{
	return region->offset >= from && region->offset <= to && region->offset % PAGE == 0 &&
	       region->count <= ROWS_MAX && region->count * region->stride <= to - region->offset;
}

/* A boot id that cannot be read (no /proc) is not held against anybody. */
static bool is_this_boot(const uint8_t id[16])
{
	uint8_t ours[16] = { 0 };
	static const uint8_t unknown[16];

	boot_id_read(ours);
	return !memcmp(id, ours, sizeof(ours)) || !memcmp(ours, unknown, sizeof(ours));
}

/* What a writer insists on: its own layout, of this boot. */
static bool header_is_ours(const struct st_header *header, uint64_t size)
{
	return !memcmp(header->magic, ST_MAGIC, sizeof(header->magic)) &&
	       header->byte_order == ST_BYTE_ORDER && header->major == ST_MAJOR &&
	       header->file_size == size && header->rows_per_chunk == ST_ROWS_PER_CHUNK &&
	       is_this_boot(header->boot_id);
}

/* The header is read before anything is mapped: a hole where it should be would be SIGBUS. */
static int table_map(int fd, uint64_t size)
{
	const struct st_region *chunks, *processes, *rows;
	struct st_header header;
	char *at;

	if (kernel_read(fd, &header, sizeof(header)) != sizeof(header) ||
	    !header_is_ours(&header, size))
		return -EPROTO;
	chunks = region_of(&header, ST_REGION_CHUNKS, sizeof(struct st_chunk));
	processes = region_of(&header, ST_REGION_PROCESSES, sizeof(struct st_process));
	rows = region_of(&header, ST_REGION_ROWS, sizeof(struct st_row));
	if (!chunks || !processes || !rows || !region_is_within(rows, PAGE, size) ||
	    !region_is_within(chunks, PAGE, rows->offset) ||
	    !region_is_within(processes, PAGE, rows->offset) ||
	    chunks->count * ST_ROWS_PER_CHUNK > rows->count)
		return -EPROTO;
	at = map(fd, 0, rows->offset);
	if (!at)
		return -ENOMEM;
	table.chunks = (struct st_chunk *)(at + chunks->offset);
	table.processes = (struct st_process *)(at + processes->offset);
	table.chunk_count = (uint32_t)chunks->count;
	table.process_count = (uint32_t)processes->count;
	table.rows = map(fd, rows->offset, rows->count * rows->stride);
	table.header = (struct st_header *)at;
	return 0;
}

static int session_map(int dir, const char *name)
{
	struct stat st;
	int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	int fd = kernel_openat(dir, name, flags, 0);
	int error;

	if (fd < 0)
		return fd;
	error = kernel_fstat(fd, &st);
	if (!error && (!S_ISREG(st.st_mode) || st.st_uid != kernel_geteuid()))
		error = -EPERM;
	if (!error && st.st_size < (off_t)PAGE)
		error = -EPROTO;
	if (!error)
		error = table_map(fd, (uint64_t)st.st_size);
	kernel_close(fd);
	return error;
}

static void fork_mark_make(void)
{
	long at = kernel_mmap(PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at < 0 && at > -(long)PAGE)
		return;
	*(volatile uint32_t *)at = 1;
	if (!kernel_madvise((void *)at, PAGE, MADV_WIPEONFORK))
		fork_mark = (volatile uint32_t *)at;
}

int session_attach(void)
{
	const char *name = environment_value(environ, "SOCKTAB_SESSION");
	int dir, error;

	/* A program with more rights than its user takes no word from its user. */
	if (getauxval(AT_SECURE))
		return -EPERM;
	name = name ? name : "default";
	if (!name_is_good(name))
		return -EINVAL;
	error = environment_fill(name);
	if (error)
		return error;
	dir = directory_open(strchr(session_environment.directory, '=') + 1);
	if (dir < 0)
		return dir;
	error = session_map(dir, name);
	if (error == -ENOENT) {
		error = session_make(dir, name);
		if (!error)
			error = session_map(dir, name);
	}
	kernel_close(dir);
	if (!error)
		fork_mark_make();
	return error;
}
