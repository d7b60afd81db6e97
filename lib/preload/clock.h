/* SPDX-License-Identifier: MIT
 *
 * Here we read the clock, straight from the vDSO: libc's clock_gettime would come to the same, at
 * twice the price of the coarse clock. Under a seccomp filter only the coarse clock is safe,
 * because the fine one becomes a system call on some clock sources.
 */
#ifndef SOCKTAB_PRELOAD_CLOCK_H
#define SOCKTAB_PRELOAD_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "preload/kernel.h"

/* The vDSO's function, else libc's: clock_find has looked. */
extern int (*clock_function)(clockid_t clock, struct timespec *time);
void clock_find(void);

static inline uint64_t clock_read(clockid_t clock)
{
	struct timespec t = { 0, 0 };

	if (__builtin_expect(clock_function == clock_gettime, 0) && kernel_is_quiet())
		return 0;		/* no vDSO: it would be a system call */
	clock_function(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline uint64_t clock_coarse(void)
{
	return clock_read(CLOCK_MONOTONIC_COARSE);
}

static inline uint64_t clock_now(void)
{
	return clock_read(kernel_is_quiet() ? CLOCK_MONOTONIC_COARSE : CLOCK_MONOTONIC);
}

#endif
