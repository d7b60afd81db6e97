/* SPDX-License-Identifier: MIT
 *
 * Numbers as people read them. All truncate like snprintf and return like it.
 */
#ifndef UNITS_H
#define UNITS_H

#include <stddef.h>
#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)

int bytes_text(uint64_t bytes, char *buf, size_t size);		/* 512, 1.2K, 34M */
int duration_text(int64_t ns, char *buf, size_t size);		/* 250us, 3.2s, 5m12s, 2d03h */
int local_time_text(int64_t at_ns, char *buf, size_t size);	/* 2026-11-24 14:03:05.123 */
int rfc3339_text(int64_t at_ns, char *buf, size_t size);	/* 2026-11-24T13:03:05.123456789Z */

#endif
