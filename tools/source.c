/* SPDX-License-Identifier: MIT
 *
 * Here we open the sessions that were asked for.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "losses.h"
#include "source.h"
#include "units.h"
#include "value.h"

const struct option_entry source_options[] = {
	{ 'S', "session", "NAME", "session to read, or its file's path (default: the newest live one)",
	  option_string, offsetof(struct source, session), WORDS_SESSION },
	{ 0, "all", NULL, "every session of this user",
	  option_true, offsetof(struct source, all), WORDS_ANY },
	{ 0 }
};

static int open_failed(const struct socktab_error *error)
{
	complain("%s", error->text);
	return error->code == ENOENT ? STATUS_NOTHING : STATUS_FAILED;
}

static int open_one(struct source *source, const char *name)
{
	struct socktab_error error;

	if (socktab_open(NULL, name, &source->tables[source->count], &error) < 0)
		return open_failed(&error);
	source->count++;
	return STATUS_OK;
}

/* One that cannot be read is complained of and left out. */
static int open_all(struct source *source)
{
	struct socktab_session *sessions = NULL;
	struct socktab_error error;
	int count = socktab_sessions(NULL, &sessions, &error), status = STATUS_OK;

	if (count < 0)
		return open_failed(&error);
	source->tables = calloc((size_t)count + 1, sizeof(*source->tables));
	if (!source->tables)
		abort();
	for (int i = 0; i < count; i++)
		status = open_one(source, sessions[i].path);
	free(sessions);
	if (source->count)
		return STATUS_OK;
	if (!count)
		complain("there is no session: start one with 'socktab run'");
	return count ? status : STATUS_NOTHING;
}

int source_open(struct source *source)
{
	if (source->all && source->session)
		wrong_usage("--all and --session exclude each other");
	if (source->all)
		return open_all(source);
	source->tables = calloc(1, sizeof(*source->tables));
	if (!source->tables)
		abort();
	return open_one(source, source->session);
}

int source_refresh(struct source *source, struct socktab_error *error)
{
	int answer = 0;

	for (size_t i = 0; i < source->count && answer >= 0; i++)
		answer = socktab_refresh(source->tables[i], error);
	return answer < 0 ? answer : 0;
}

void source_close(struct source *source)
{
	for (size_t i = 0; i < source->count; i++)
		socktab_close(source->tables[i]);
	free(source->tables);
	source->tables = NULL;
	source->count = 0;
}

struct socktab_losses source_losses(const struct source *source)
{
	struct socktab_losses sum = { 0 };

	for (size_t i = 0; i < source->count; i++) {
		struct socktab_losses losses = socktab_losses(source->tables[i]);

		losses_add(&sum, &losses);
	}
	return sum;
}

size_t source_blind(const struct source *source)
{
	size_t blind = 0;

	for (size_t i = 0; i < source->count; i++)
		for (size_t j = 0; j < socktab_process_count(source->tables[i]); j++) {
			const struct socktab_process *p = socktab_process(source->tables[i], j);

			blind += p->blind && p->life == SOCKTAB_ALIVE;
		}
	return blind;
}

struct json_object *source_json(const struct socktab *table)
{
	const struct socktab_session *session = socktab_session(table);
	struct json_object *object = json_object_new_object();
	char at[64];

	json_put(object, "name", json_text(session->name, strlen(session->name)));
	json_put(object, "path", json_text(session->path, strlen(session->path)));
	json_put_number(object, "uid", session->uid);
	rfc3339_text(session->created_at_ns, at, sizeof(at));
	json_put(object, "created_at", json_object_new_string(at));
	rfc3339_text(socktab_wall_ns(table, socktab_now_ns(table)), at, sizeof(at));
	json_put(object, "read_at", json_object_new_string(at));
	json_put(object, "same_boot", json_object_new_boolean(session->same_boot));
	json_put_number(object, "rows_max", session->rows_max);
	json_put_number(object, "processes", session->processes);
	json_put_number(object, "alive", session->alive);
	json_put_number(object, "unknown", session->unknown);
	return object;
}
