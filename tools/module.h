/* SPDX-License-Identifier: MIT
 *
 * The preload module's file.
 */
#ifndef MODULE_H
#define MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define MODULE_NAME "libsocktab-preload.so"

/* Its absolute path: $SOCKTAB_MODULE, else beside this program in the build tree, else where it
 * is installed relative to this program, else where it was configured to be. 0 or -errno; then
 * buf has the place that was looked at last. */
int module_find(char *buf, size_t size);

/* LD_PRELOAD separates its entries by colons and spaces and cannot quote them. */
bool module_path_is_plain(const char *path);

/* 1: a process has it in its memory, 0: not, or -errno. */
int module_is_mapped(pid_t pid);

#endif
