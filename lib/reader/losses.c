/* SPDX-License-Identifier: MIT
 *
 * Here we sum up what could not be recorded.
 */
#include "reader.h"

static uint64_t *place(struct socktab_losses *losses, int kind)
{
	switch (kind) {
	case ST_LOST_ROWS:
		return &losses->rows;
	case ST_LOST_MEMORY:
		return &losses->memory;
	case ST_LOST_FD:
		return &losses->fd;
	case ST_LOST_ADDRESS:
		return &losses->address;
	case ST_LOST_ENVIRONMENT:
		return &losses->environment;
	case ST_LOST_UNSHARED:
		return &losses->unshared;
	case ST_LOST_PROCESSES:
		return &losses->processes;
	case ST_LOST_QUIET:
		return &losses->quiet;
	default:
		return &losses->other;
	}
}

void st_losses_add(struct socktab_losses *losses, const st_u64 *lost)
{
	for (int kind = 0; kind < ST_LOST_MAX; kind++)
		*place(losses, kind) += lost[kind];
}

uint64_t socktab_losses_sum(const struct socktab_losses *losses)
{
	return losses->rows + losses->memory + losses->fd + losses->address +
	       losses->environment + losses->unshared + losses->processes + losses->quiet +
	       losses->other;
}

struct socktab_losses socktab_losses(const struct socktab *table)
{
	return table->snapshot.losses;
}
