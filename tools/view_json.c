/* SPDX-License-Identifier: MIT
 *
 * Here we print rows as JSON. A row is printed as soon as it is made, so that memory does not
 * grow with their number.
 */
#include "config.h"

#include "losses.h"
#include "view.h"

void json_print(struct json_object *object, FILE *out)
{
	fputs(json_object_to_json_string_ext(object, JSON_C_TO_STRING_NOSLASHESCAPE), out);
	json_object_put(object);
}

static void print_losses(const struct socktab_losses *losses, FILE *out)
{
	fputs(",\"lost\":", out);
	json_print(losses_json(losses), out);
}

/* With --all there is no one session: all of them are listed, each with its losses. */
static void print_sessions(const struct source *source, FILE *out)
{
	fputs("null,\"sessions\":[", out);
	for (size_t i = 0; i < source->count; i++) {
		struct socktab_losses losses = socktab_losses(source->tables[i]);
		struct json_object *object = source_json(source->tables[i]);

		json_put(object, "lost", losses_json(&losses));
		fputs(i ? "," : "", out);
		json_print(object, out);
	}
	fputs("]", out);
}

void json_begin(const struct source *source, const char *key, FILE *out)
{
	struct socktab_losses losses = source_losses(source);

	fputs("{\"schema\":1,\"session\":", out);
	if (source->all)
		print_sessions(source, out);
	else
		json_print(source_json(source->tables[0]), out);
	print_losses(&losses, out);
	fprintf(out, ",\"%s\":[", key);
}

void json_end(FILE *out)
{
	fputs("]}\n", out);
}

struct json_object *json_row(const struct column_list *columns, const struct subject *subject)
{
	struct json_object *object = json_object_new_object();
	struct value value;
	char key[64];

	for (size_t i = 0; i < columns->count; i++) {
		const struct column *column = columns->at[i];

		column_get(column, subject, &value);
		json_object_object_add_ex(object, column_key(column, key, sizeof(key)),
					  value.known ? column->kind->json(&value) : NULL,
					  JSON_C_OBJECT_ADD_KEY_IS_NEW);
	}
	return object;
}

void print_json(const struct page *page)
{
	json_begin(page->source, page->key ? page->key : "rows", page->out);
	for (size_t i = 0; i < page->count; i++) {
		fputs(i ? ",\n" : "\n", page->out);
		json_print(json_row(page->columns, &page->subjects[i]), page->out);
	}
	fputs(page->count ? "\n]" : "]", page->out);
	if (page->json_more)
		page->json_more(page->what, page->out);
	fputs("}\n", page->out);
}

void print_jsonl(const struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		json_print(json_row(page->columns, &page->subjects[i]), page->out);
		putc('\n', page->out);
	}
}
