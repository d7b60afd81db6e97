/* SPDX-License-Identifier: MIT
 *
 * Here we find the row of a descriptor.
 */
#include "config.h"

#include <string.h>

#include "preload/descriptors.h"
#include "preload/kernel.h"
#include "preload/record.h"

uint64_t descriptor_map[DESCRIPTOR_MAX];
int descriptor_high;

bool descriptor_set(int fd, uint64_t ref, enum st_closer closer_of_former)
{
	uint64_t former;
	int high = load_relaxed(&descriptor_high);

	if (fd < 0 || fd >= DESCRIPTOR_MAX) {
		table_lost(ST_LOST_FD);
		return false;
	}
	while (high <= fd && !cas_relaxed(&descriptor_high, &high, fd + 1))
		;
	former = exchange_acq_rel(&descriptor_map[fd], ref);
	if (former)
		row_close(row_of(former), closer_of_former);
	return true;
}

void descriptor_clear(int fd, uint64_t ref, enum st_closer closer)
{
	if (ref && cas_acq_rel(&descriptor_map[fd], &ref, 0))
		row_close(row_of(ref), closer);
}

void descriptor_check(int fd, enum st_closer closer, enum st_origin origin)
{
	uint64_t ref, cookie = 0;
	socklen_t len = sizeof(cookie);
	int error;

	if (!table_is_ours())
		return;
	ref = descriptor_ref(fd);
	error = kernel_getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &len);
	if (error == -ENOSYS || (!error && ref && row_of(ref)->cookie == cookie))
		return;
	descriptor_clear(fd, ref, closer);
	if (!error)
		record_found(fd, origin);
}

void descriptors_forget(void)
{
	memset(descriptor_map, 0, (size_t)descriptor_high * sizeof(descriptor_map[0]));
	descriptor_high = 0;
}
