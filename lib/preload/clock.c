/* SPDX-License-Identifier: MIT
 *
 * Here we find the clock in the vDSO, a small shared library that the kernel maps into every
 * process: vdso(7). Its symbols are read as the kernel's own example does
 * (tools/testing/selftests/vDSO/parse_vdso.c describes the format).
 */
#include "config.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>

#include "preload/clock.h"

int (*clock_function)(clockid_t clock, struct timespec *time) = clock_gettime;

struct image {
	uintptr_t base;			/* added to an address of the file */
	const ElfW(Sym) *symbols;
	const char *names;
	const Elf32_Word *hash;		/* DT_HASH: its second word counts the symbols */
};

static void dynamic_read(struct image *image, const ElfW(Dyn) *dynamic)
{
	for (; dynamic->d_tag != DT_NULL; dynamic++) {
		const void *at = (const void *)(image->base + dynamic->d_un.d_ptr);

		if (dynamic->d_tag == DT_SYMTAB)
			image->symbols = at;
		else if (dynamic->d_tag == DT_STRTAB)
			image->names = at;
		else if (dynamic->d_tag == DT_HASH)
			image->hash = at;
	}
}

static void image_read(struct image *image, const ElfW(Ehdr) *elf)
{
	const ElfW(Phdr) *headers = (const void *)((const char *)elf + elf->e_phoff);
	const ElfW(Phdr) *dynamic = NULL;

	for (int i = 0; i < elf->e_phnum; i++) {
		if (headers[i].p_type == PT_LOAD && !image->base)
			image->base = (uintptr_t)elf + headers[i].p_offset - headers[i].p_vaddr;
		if (headers[i].p_type == PT_DYNAMIC)
			dynamic = &headers[i];
	}
	if (dynamic)
		dynamic_read(image, (const void *)((const char *)elf + dynamic->p_offset));
}

void clock_find(void)
{
	const ElfW(Ehdr) *elf = (const void *)getauxval(AT_SYSINFO_EHDR);
	struct image image = { 0 };

	if (elf)
		image_read(&image, elf);
	if (!image.symbols || !image.names || !image.hash)
		return;
	for (Elf32_Word i = 0; i < image.hash[1]; i++) {
		const ElfW(Sym) *symbol = &image.symbols[i];

		if (symbol->st_shndx != SHN_UNDEF &&
		    !strcmp(image.names + symbol->st_name, "__vdso_clock_gettime"))
			clock_function = (int (*)(clockid_t, struct timespec *))
				(image.base + symbol->st_value);
	}
}
