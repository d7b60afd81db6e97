/* SPDX-License-Identifier: MIT
 *
 * Here we read numbers, sizes and durations. Of a fraction nine digits count.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "filter.h"

#define FRACTION_DIGITS 9

struct unit {
	const char *name;
	uint64_t size;
};

/* An unscaled number: whole + fraction / 10^9. Answers what is behind it, NULL: no number. */
static const char *read_decimal(const char *text, uint64_t *whole, uint64_t *fraction)
{
	uint64_t worth = UINT64_C(100000000);
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return NULL;
	errno = 0;
	*whole = strtoull(text, &end, 10);
	*fraction = 0;
	if (errno)
		return NULL;
	if (end[0] != '.' || !isdigit((unsigned char)end[1]))
		return end;
	for (end++; isdigit((unsigned char)*end); end++, worth /= 10)
		*fraction += (uint64_t)(*end - '0') * worth;
	return end;
}

static bool scale(uint64_t whole, uint64_t fraction, uint64_t unit, uint64_t *result)
{
	uint64_t part = (uint64_t)((double)fraction / 1e9 * (double)unit + 0.5);

	return !__builtin_mul_overflow(whole, unit, result) &&
	       !__builtin_add_overflow(*result, part, result);
}

static const struct unit *find_unit(const struct unit *units, const char *name, size_t length)
{
	for (; units->name; units++)
		if (strlen(units->name) == length && !strncasecmp(units->name, name, length))
			return units;
	return NULL;
}

/* Plain letters as ls prints them: powers of 1024. */
bool st_filter_read_bytes(const char *text, uint64_t *bytes)
{
	static const struct unit units[] = {
		{ "", 1 }, { "B", 1 },
		{ "K", UINT64_C(1) << 10 }, { "KiB", UINT64_C(1) << 10 }, { "KB", 1000 },
		{ "M", UINT64_C(1) << 20 }, { "MiB", UINT64_C(1) << 20 }, { "MB", 1000000 },
		{ "G", UINT64_C(1) << 30 }, { "GiB", UINT64_C(1) << 30 }, { "GB", 1000000000 },
		{ "T", UINT64_C(1) << 40 }, { "TiB", UINT64_C(1) << 40 },
		{ "TB", UINT64_C(1000000000000) },
		{ NULL, 0 }
	};
	uint64_t whole, fraction;
	const char *end = read_decimal(text, &whole, &fraction);
	const struct unit *unit = end ? find_unit(units, end, strlen(end)) : NULL;

	return unit && scale(whole, fraction, unit->size, bytes);
}

/* "5s", and "5m12s" as ls prints it. */
bool st_filter_read_ns(const char *text, uint64_t *ns)
{
	static const struct unit units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "\302\265s", 1000 }, { "ms", 1000000 },
		{ "s", UINT64_C(1000000000) }, { "m", UINT64_C(60000000000) },
		{ "h", UINT64_C(3600000000000) }, { "d", UINT64_C(86400000000000) },
		{ NULL, 0 }
	};
	uint64_t whole, fraction, part;

	*ns = 0;
	do {
		const char *end = read_decimal(text, &whole, &fraction);
		size_t length = end ? strcspn(end, "0123456789.") : 0;
		const struct unit *unit = length ? find_unit(units, end, length) : NULL;

		if (!unit || !scale(whole, fraction, unit->size, &part) ||
		    __builtin_add_overflow(*ns, part, ns))
			return false;
		text = end + length;
	} while (*text);
	return true;
}

bool st_filter_read_number(const char *text, uint64_t *number)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	*number = strtoull(text, &end, hex ? 16 : 10);
	return !errno && !*end && end > text;
}
