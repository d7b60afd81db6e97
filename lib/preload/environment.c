/* SPDX-License-Identifier: MIT
 *
 * Here we complete the environment of a program that is about to be started.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "preload/calls.h"
#include "preload/environment.h"
#include "preload/kernel.h"
#include "preload/table.h"
#include "preload/text.h"

#define PRELOAD		"LD_PRELOAD="
#define QUIET		"SOCKTAB_QUIET=1"
#define ENTRIES_MAX	8192		/* 64 KiB of stack */

/* Our own entries, but LD_PRELOAD; NULL ends them. A program under a seccomp filter passes its
 * filter on, and the next one must not even look around. */
static size_t own_entries(const char *entries[4])
{
	size_t count = 0;

	entries[count++] = session_environment.directory;
	entries[count++] = session_environment.session;
	if (kernel_is_quiet())
		entries[count++] = QUIET;
	return count;
}

static const char *entry_of(char *const *environment, const char *entry)
{
	size_t len = (size_t)(strchr(entry, '=') - entry) + 1;

	for (; environment && *environment; environment++)
		if (!strncmp(*environment, entry, len))
			return *environment;
	return NULL;
}

static size_t entries_in(char *const *environment)
{
	size_t count = 0;

	while (environment && environment[count])
		count++;
	return count;
}

static size_t element_len(const char *element)
{
	return strcspn(element, ": ");
}

/* The module by its path or, where the loader is to find it by itself, by its file name. */
static bool is_module(const char *element, size_t len)
{
	const char *module = session_environment.module;
	const char *slash = strrchr(module, '/');
	const char *name = slash ? slash + 1 : module;

	return (len == strlen(module) && !memcmp(element, module, len)) ||
	       (len == strlen(name) && !memcmp(element, name, len));
}

/* Separators are spaces and colons: ld.so(8). */
static bool has_module(const char *preload)
{
	const char *at = preload ? preload + sizeof(PRELOAD) - 1 : "";

	while (*at) {
		size_t len = element_len(at);

		if (is_module(at, len))
			return true;
		at += len + (at[len] != '\0');
	}
	return false;
}

static bool is_complete(char *const *environment)
{
	const char *entries[4];
	size_t count = own_entries(entries);

	for (size_t i = 0; i < count; i++)
		if (!entry_of(environment, entries[i]))
			return false;
	return has_module(entry_of(environment, PRELOAD));
}

size_t environment_room(char *const *environment)
{
	const char *preload;
	size_t entries;

	if (!table.header || !session_environment.module[0] ||
	    (environment && !is_pointer(environment)) || is_complete(environment))
		return 0;
	entries = entries_in(environment);
	if (entries > ENTRIES_MAX) {
		table_lost(ST_LOST_ENVIRONMENT);
		return 0;
	}
	preload = entry_of(environment, PRELOAD);
	return (entries + 5) * sizeof(char *) + sizeof(PRELOAD) +
	       strlen(session_environment.module) + 1 + (preload ? strlen(preload) : 0);
}

/* Our module goes last: the program's own libraries keep their places. */
static void preload_build(char *buf, size_t size, const char *former)
{
	struct text text = { .buf = buf, .size = size };

	text_add(&text, former ? former : PRELOAD);
	if (former && former[sizeof(PRELOAD) - 1])
		text_add(&text, ":");
	text_add(&text, session_environment.module);
}

char **environment_build(char *const *environment, void *room, size_t size)
{
	size_t entries = entries_in(environment), at = 0;
	const char *former = entry_of(environment, PRELOAD);
	const char *own[4];
	size_t count = own_entries(own);
	char **built = room;
	char *preload = (char *)(built + entries + 5);

	for (size_t i = 0; i < entries; i++)
		if (environment[i] != former)
			built[at++] = environment[i];
	for (size_t i = 0; i < count; i++)
		if (!entry_of(environment, own[i]))
			built[at++] = (char *)(uintptr_t)own[i];
	if (has_module(former)) {
		built[at++] = (char *)(uintptr_t)former;
	} else {
		preload_build(preload, size - (size_t)(preload - (char *)room), former);
		built[at++] = preload;
	}
	built[at] = NULL;
	return built;
}
