/* SPDX-License-Identifier: MIT
 *
 * The few facts of an ELF file that say what a loader does with it.
 */
#ifndef ELF_FILE_H
#define ELF_FILE_H

#include <limits.h>
#include <stdbool.h>

struct elf_file {
	int bits;		/* 32, 64 */
	unsigned int machine;	/* EM_* */
	/* Of 64-bit files of this machine only: */
	char loader[256];	/* "": none runs it, it is static */
	bool wants_asan;	/* linked with AddressSanitizer's shared library */
};

/* 0; -ENOEXEC: no ELF file; -EBADMSG: a damaged one; or -errno. */
int elf_file_read(int fd, struct elf_file *elf);

#endif
