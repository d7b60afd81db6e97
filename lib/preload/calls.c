/* SPDX-License-Identifier: MIT
 *
 * Here we look up the functions that we wrap.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>

#include "preload/calls.h"

#define CALL(name)		__typeof__(name) *real_##name;
#define ALIAS(name, of)
#define VERSIONED(name, version) __typeof__(name) *real_##name##_old;
#include "calls.def"
#undef CALL
#undef ALIAS
#undef VERSIONED

/* Stands for a function that this libc turns out not to have. */
static long missing(void)
{
	errno = ENOSYS;
	return -1;
}

static void *found(void *function)
{
	return function ? function : (void *)missing;
}

void resolve_calls(void)
{
	int saved = errno;

#define CALL(name)		real_##name = found(dlsym(RTLD_NEXT, #name));
#define ALIAS(name, of)
#define VERSIONED(name, version) \
	real_##name##_old = dlvsym(RTLD_NEXT, #name, #version); \
	if (!real_##name##_old) \
		real_##name##_old = real_##name;
#include "calls.def"
#undef CALL
#undef ALIAS
#undef VERSIONED
	errno = saved;
}
