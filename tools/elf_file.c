/* SPDX-License-Identifier: MIT
 *
 * Here we read ELF headers, trusting none of their numbers.
 */
#include "config.h"

#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "elf_file.h"

#define SEGMENTS_MAX 64
#define ENTRIES_MAX 512

struct segments {
	Elf64_Phdr at[SEGMENTS_MAX];
	size_t count;
};

static int read_at(int fd, void *buf, size_t size, uint64_t offset)
{
	ssize_t got;

	if (offset > INT64_MAX)
		return -EBADMSG;
	got = pread(fd, buf, size, (off_t)offset);
	if (got < 0)
		return -errno;
	return (size_t)got == size ? 0 : -EBADMSG;
}

/* As much of a string as there is. */
static int read_string(int fd, char *buf, size_t size, uint64_t offset)
{
	ssize_t got;

	if (offset > INT64_MAX)
		return -EBADMSG;
	got = pread(fd, buf, size - 1, (off_t)offset);
	if (got < 0)
		return -errno;
	buf[got] = '\0';
	return 0;
}

static int read_segments(int fd, const Elf64_Ehdr *header, struct segments *segments)
{
	segments->count = header->e_phnum;
	if (header->e_phentsize != sizeof(Elf64_Phdr) || segments->count > SEGMENTS_MAX)
		return -EBADMSG;
	return read_at(fd, segments->at, segments->count * sizeof(Elf64_Phdr), header->e_phoff);
}

static const Elf64_Phdr *find(const struct segments *segments, uint32_t type)
{
	for (size_t i = 0; i < segments->count; i++)
		if (segments->at[i].p_type == type)
			return &segments->at[i];
	return NULL;
}

/* Where in the file an address of the running program comes from; UINT64_MAX: nowhere. */
static uint64_t file_offset(const struct segments *segments, uint64_t address)
{
	for (size_t i = 0; i < segments->count; i++) {
		const Elf64_Phdr *p = &segments->at[i];

		if (p->p_type == PT_LOAD && address >= p->p_vaddr &&
		    address - p->p_vaddr < p->p_filesz)
			return p->p_offset + (address - p->p_vaddr);
	}
	return UINT64_MAX;
}

static bool is_asan(int fd, uint64_t offset)
{
	char name[16];

	return read_string(fd, name, sizeof(name), offset) == 0 &&
	       !strncmp(name, "libasan.so", 10);
}

/* Damage here says nothing about libraries: the loader will. */
static bool needs_asan(int fd, const struct segments *segments, const Elf64_Phdr *dynamic)
{
	Elf64_Dyn entries[ENTRIES_MAX];
	size_t count = dynamic->p_filesz / sizeof(Elf64_Dyn);
	uint64_t strings = UINT64_MAX;

	if (count > ENTRIES_MAX)
		count = ENTRIES_MAX;
	if (read_at(fd, entries, count * sizeof(Elf64_Dyn), dynamic->p_offset) < 0)
		return false;
	for (size_t i = 0; i < count && entries[i].d_tag != DT_NULL; i++)
		if (entries[i].d_tag == DT_STRTAB)
			strings = file_offset(segments, entries[i].d_un.d_ptr);
	for (size_t i = 0; i < count && entries[i].d_tag != DT_NULL; i++)
		if (entries[i].d_tag == DT_NEEDED && strings != UINT64_MAX &&
		    is_asan(fd, strings + entries[i].d_un.d_val))
			return true;
	return false;
}

static int read_loader(int fd, struct elf_file *elf)
{
	const Elf64_Phdr *loader, *dynamic;
	struct segments segments;
	Elf64_Ehdr header;
	int answer = read_at(fd, &header, sizeof(header), 0);

	if (!answer)
		answer = read_segments(fd, &header, &segments);
	if (answer)
		return answer;
	loader = find(&segments, PT_INTERP);
	dynamic = find(&segments, PT_DYNAMIC);
	if (!loader)
		return 0;
	elf->wants_asan = dynamic && needs_asan(fd, &segments, dynamic);
	return read_string(fd, elf->loader, sizeof(elf->loader), loader->p_offset);
}

int elf_file_read(int fd, struct elf_file *elf)
{
	unsigned char ident[EI_NIDENT + 4];
	uint16_t machine;

	memset(elf, 0, sizeof(*elf));
	if (read_at(fd, ident, sizeof(ident), 0) < 0 || memcmp(ident, ELFMAG, SELFMAG))
		return -ENOEXEC;
	/* e_machine follows e_type in files of either size. */
	memcpy(&machine, ident + EI_NIDENT + 2, sizeof(machine));
	elf->machine = machine;
	elf->bits = ident[EI_CLASS] == ELFCLASS32 ? 32 : 64;
	if (elf->bits == 32 || ident[EI_DATA] != ELFDATA2LSB || machine != EM_X86_64)
		return 0;
	return read_loader(fd, elf);
}
