/* SPDX-License-Identifier: MIT
 *
 * Here we complete the environment of a program that is about to be started, so that it joins
 * the session also when its parent has dropped or rebuilt the environment.
 *
 * It is built on the caller's stack: exec is async-signal-safe, so there is no malloc, and in a
 * vfork child no mmap either. One that is complete is passed on untouched.
 */
#ifndef SOCKTAB_PRELOAD_ENVIRONMENT_H
#define SOCKTAB_PRELOAD_ENVIRONMENT_H

#include <stddef.h>

/* Bytes of stack that completing this environment takes; 0: it is complete, or is left alone. */
size_t environment_room(char *const *environment);

/* Builds it there. */
char **environment_build(char *const *environment, void *room, size_t size);

/* In a function that ends by starting a program with it. */
#define COMPLETE_ENVIRONMENT(environment) __extension__ ({ \
	size_t size_ = environment_room(environment); \
	size_ ? environment_build(environment, __builtin_alloca(size_), size_) : \
		(char **)(uintptr_t)(environment); })

#endif
