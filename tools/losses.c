/* SPDX-License-Identifier: MIT
 *
 * Here we say what the table could not hold.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "losses.h"
#include "value.h"

#define FIELD(name) offsetof(struct socktab_losses, name)

static const struct loss_entry {
	const char *key;	/* of JSON */
	size_t offset;
	const char *phrase;
} entries[] = {
	{ "rows", FIELD(rows), "without a row (table full)" },
	{ "memory", FIELD(memory), "without a row (no shared memory)" },
	{ "fd", FIELD(fd), "without a row (number too high)" },
	{ "address", FIELD(address), "changes of address" },
	{ "environment", FIELD(environment), "environments too large to keep the module" },
	{ "unshared", FIELD(unshared), "threads with descriptors of their own" },
	{ "processes", FIELD(processes), "processes without a place" },
	{ "quiet", FIELD(quiet), "facts not asked for under seccomp" },
	{ "other", FIELD(other), "of a kind that this version does not know" },
};

#define ENTRIES (sizeof(entries) / sizeof(entries[0]))

static uint64_t loss(const struct socktab_losses *losses, size_t i)
{
	return *(const uint64_t *)((const char *)losses + entries[i].offset);
}

int losses_phrase(const struct socktab_losses *losses, char *buf, size_t size)
{
	const char *before = " (";
	int len = snprintf(buf, size, "%" PRIu64 " lost", socktab_losses_sum(losses));

	for (size_t i = 0; i < ENTRIES && len >= 0 && (size_t)len < size; i++) {
		if (!loss(losses, i))
			continue;
		len += snprintf(buf + len, size - (size_t)len, "%s%" PRIu64 " %s", before,
				loss(losses, i), entries[i].phrase);
		before = ", ";
	}
	if (before[0] == ',' && (size_t)len < size)
		len += snprintf(buf + len, size - (size_t)len, ")");
	return len;
}

struct json_object *losses_json(const struct socktab_losses *losses)
{
	struct json_object *object = json_object_new_object();

	json_put_number(object, "total", socktab_losses_sum(losses));
	for (size_t i = 0; i < ENTRIES; i++)
		json_put_number(object, entries[i].key, loss(losses, i));
	return object;
}

void losses_add(struct socktab_losses *sum, const struct socktab_losses *more)
{
	for (size_t i = 0; i < ENTRIES; i++)
		*(uint64_t *)((char *)sum + entries[i].offset) += loss(more, i);
}

/* Of another moment they may be more. */
void losses_take(struct socktab_losses *sum, const struct socktab_losses *less)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		uint64_t *left = (uint64_t *)((char *)sum + entries[i].offset);

		*left -= loss(less, i) < *left ? loss(less, i) : *left;
	}
}

static int value_text(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%" PRIu64, socktab_losses_sum(v->losses));
}

static struct json_object *value_json(const struct value *v)
{
	return losses_json(v->losses);
}

static int value_compare(const struct value *a, const struct value *b)
{
	uint64_t x = socktab_losses_sum(a->losses), y = socktab_losses_sum(b->losses);

	return (x > y) - (x < y);
}

const struct kind losses_kind = {
	"", true, value_text, value_text, value_json, value_compare
};
