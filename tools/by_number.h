/* SPDX-License-Identifier: MIT
 *
 * uthash for keys that are 64-bit numbers, most of them counted up by the kernel: a
 * multiplication scatters them well enough.
 */
#ifndef BY_NUMBER_H
#define BY_NUMBER_H

#include <stdint.h>
#include <string.h>

static inline unsigned int hash_of_number(const void *key)
{
	uint64_t number;

	memcpy(&number, key, sizeof(number));
	return (unsigned int)(number * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

#define HASH_FUNCTION(key, size, hash) ((hash) = hash_of_number(key))
#include <uthash.h>

#endif
