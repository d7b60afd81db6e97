/* SPDX-License-Identifier: MIT
 *
 * Here we read a stretch of a region's elements twice, so that what changed meanwhile shows.
 */
#include <stdlib.h>

#include "reader.h"

#define STRETCH_BYTES (UINT64_C(64) << 10)

int st_stretch_alloc(struct st_stretch *stretch, const struct st_region *region,
		     struct socktab_error *error)
{
	size_t size;

	stretch->stride = region->stride;
	stretch->room = STRETCH_BYTES / region->stride;
	if (stretch->room == 0)
		stretch->room = 1;
	size = (stretch->room * stretch->stride + 63) / 64 * 64;
	stretch->first = aligned_alloc(64, size);
	stretch->second = aligned_alloc(64, size);
	if (stretch->first && stretch->second)
		return 0;
	st_stretch_free(stretch);
	return st_fail(error, ENOMEM, "no memory to read the table with");
}

void st_stretch_free(struct st_stretch *stretch)
{
	free(stretch->first);
	free(stretch->second);
	stretch->first = stretch->second = NULL;
}

int st_stretch_read(struct st_stretch *stretch, const struct st_file *file,
		    const struct st_region *region, uint64_t index, uint64_t count,
		    struct socktab_error *error)
{
	uint64_t offset = region->offset + index * region->stride;
	uint64_t size = count * region->stride;
	int code = st_read(file, stretch->first, size, offset, error);

	return code < 0 ? code : st_read(file, stretch->second, size, offset, error);
}
