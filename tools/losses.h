/* SPDX-License-Identifier: MIT
 *
 * Losses in words: a kind of loss is one entry.
 */
#ifndef LOSSES_H
#define LOSSES_H

#include <stddef.h>

#include "socktab.h"

struct json_object;

/* "12 lost (10 rows: the table was full, ...)" or "0 lost"; like snprintf. */
int losses_phrase(const struct socktab_losses *losses, char *buf, size_t size);

/* {"total":12,"rows":10,...} */
struct json_object *losses_json(const struct socktab_losses *losses);

void losses_add(struct socktab_losses *sum, const struct socktab_losses *more);

/* What is left of `sum` without these. */
void losses_take(struct socktab_losses *sum, const struct socktab_losses *less);

#endif
