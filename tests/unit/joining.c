/* SPDX-License-Identifier: MIT
 *
 * Rows of one socket tell what the one of them knows that saw it last.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "forge.h"

static struct forge forge;
static struct socktab *table;

static void begin(void)
{
	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	forge_attach(&forge);
	table = NULL;
}

static void end(void)
{
	socktab_close(table);
	forge_end(&forge);
}

static struct st_row *holder(uint32_t process, int fd, uint64_t cookie, uint64_t changed_ns)
{
	struct st_row *raw = forge_open(&forge, process, fd);

	raw->cookie = cookie;
	raw->changed_ns = raw->state_ns = changed_ns;
	return raw;
}

static void read_table(void)
{
	socktab_close(table);
	forge_write(&forge, "table");
	table = forge_read(&forge);
	forge_walk(table);
}

static const struct socktab_row *row_of(const struct st_row *raw)
{
	const struct socktab_row *row = socktab_row_by_id(table, forge_row_id(&forge, raw));

	ck_assert_ptr_nonnull(row);
	return row;
}

static void local_port(struct st_row *raw, uint16_t port)
{
	struct sockaddr_storage address;

	forge_inet(&address, "127.0.0.1", port);
	forge_local(raw, &address, sizeof(struct sockaddr_in));
}

static void peer_port(struct st_row *raw, uint16_t port)
{
	struct sockaddr_storage address;

	forge_inet(&address, "127.0.0.1", port);
	forge_peer(raw, &address, sizeof(struct sockaddr_in));
}

START_TEST(facts_of_the_socket_come_from_the_row_that_changed_last)
{
	struct st_row *early = holder(0, 3, 7, 100), *late = holder(1, 4, 7, 200);

	early->state = ST_STATE_CONNECTING;
	local_port(early, 1);
	late->state = ST_STATE_FAILED;
	late->connect_errno = ECONNREFUSED;
	local_port(late, 2);
	peer_port(late, 3);
	read_table();
	for (int i = 0; i < 2; i++) {
		const struct socktab_row *row = row_of(i ? late : early);

		ck_assert_int_eq(row->state, SOCKTAB_STATE_FAILED);
		ck_assert_int_eq(row->connect_errno, ECONNREFUSED);
		ck_assert_int_eq(socktab_address_port(&row->local), 2);
		ck_assert_int_eq(socktab_address_port(&row->peer), 3);
		ck_assert_uint_eq(row->holders, 2);
	}
}
END_TEST

START_TEST(facts_of_the_descriptor_stay_its_own)
{
	struct st_row *a = holder(0, 3, 7, 100), *b = holder(1, 4, 7, 200);

	a->tx.bytes = 10, b->tx.bytes = 20;
	a->accepted = 1, b->accepted = 2;
	a->options_known = b->options_known = ST_OPT_CLOEXEC;
	b->options = ST_OPT_CLOEXEC;
	read_table();
	ck_assert_uint_eq(row_of(a)->options & SOCKTAB_OPT_CLOEXEC, 0);
	a->options = ST_OPT_CLOEXEC;
	b->options = 0;
	read_table();
	ck_assert_uint_eq(row_of(a)->tx.bytes, 10);
	ck_assert_uint_eq(row_of(b)->tx.bytes, 20);
	ck_assert_uint_eq(row_of(a)->accepted, 1);
	ck_assert_int_eq(row_of(a)->changed_ns, 100);
	ck_assert_uint_eq(row_of(a)->options & SOCKTAB_OPT_CLOEXEC, SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(row_of(b)->options & SOCKTAB_OPT_CLOEXEC, 0);
	ck_assert_uint_eq(row_of(b)->options_known, SOCKTAB_OPT_CLOEXEC);
}
END_TEST

START_TEST(options_are_joined_bit_by_bit)
{
	struct st_row *a = holder(0, 3, 7, 300), *b = holder(1, 4, 7, 200);
	struct st_row *c = holder(1, 5, 7, 100);
	uint32_t expected = SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_KEEPALIVE | SOCKTAB_OPT_V6ONLY;

	a->options_known = ST_OPT_NODELAY | ST_OPT_REUSEADDR;
	a->options = ST_OPT_NODELAY;
	b->options_known = ST_OPT_KEEPALIVE | ST_OPT_REUSEADDR;
	b->options = ST_OPT_KEEPALIVE | ST_OPT_REUSEADDR;
	c->options_known = ST_OPT_V6ONLY | ST_OPT_NODELAY;
	c->options = ST_OPT_V6ONLY;
	read_table();
	for (int i = 0; i < 3; i++) {
		const struct socktab_row *row = row_of(i == 0 ? a : i == 1 ? b : c);

		ck_assert_uint_eq(row->options, expected);
		ck_assert_uint_eq(row->options_known, expected | SOCKTAB_OPT_REUSEADDR);
	}
}
END_TEST

START_TEST(a_closed_row_is_closed_but_tells_the_others_what_it_knew)
{
	struct st_row *kept = holder(0, 3, 7, 100), *closed = holder(1, 4, 7, 200);

	kept->state = ST_STATE_ESTAB;
	closed->state = ST_STATE_SHUT_WR;
	closed->life = ST_LIFE(1, ST_CLOSED);
	read_table();
	ck_assert_int_eq(row_of(kept)->state, SOCKTAB_STATE_SHUT_WR);
	ck_assert_int_eq(row_of(closed)->state, SOCKTAB_STATE_CLOSED);
	ck_assert_uint_eq(row_of(kept)->holders, 1);
	ck_assert_uint_eq(row_of(closed)->holders, 1);
}
END_TEST

START_TEST(only_open_descriptors_of_the_living_hold)
{
	struct st_row *a = holder(0, 3, 7, 1), *b = holder(0, 4, 7, 1), *dead = holder(1, 3, 7, 1);
	struct st_row *alone = holder(0, 5, 0, 1), *shut = holder(0, 6, 0, 1);

	shut->life = ST_LIFE(1, ST_CLOSED);
	forge_process(&forge, 1)->life = ST_LIFE(1, ST_CLOSED);
	read_table();
	ck_assert_uint_eq(row_of(a)->holders, 2);
	ck_assert_uint_eq(row_of(b)->holders, 2);
	ck_assert_uint_eq(row_of(dead)->holders, 2);
	ck_assert(!row_of(dead)->open && !row_of(dead)->closed);
	ck_assert_uint_eq(row_of(alone)->holders, 1);
	ck_assert_uint_eq(row_of(shut)->holders, 0);
}
END_TEST

START_TEST(rows_without_a_cookie_are_never_joined)
{
	struct st_row *a = holder(0, 3, 0, 100), *b = holder(1, 4, 0, 200);

	a->state = ST_STATE_LISTEN;
	b->state = ST_STATE_ESTAB;
	read_table();
	ck_assert_int_eq(row_of(a)->state, SOCKTAB_STATE_LISTEN);
	ck_assert_int_eq(row_of(b)->state, SOCKTAB_STATE_ESTAB);
}
END_TEST

START_TEST(rows_of_another_family_are_never_joined)
{
	struct st_row *a = holder(0, 3, 7, 100), *b = holder(1, 4, 7, 200);

	a->state = ST_STATE_LISTEN;
	b->state = ST_STATE_ESTAB;
	b->family = AF_UNIX;
	local_port(b, 9);
	read_table();
	ck_assert_int_eq(row_of(a)->state, SOCKTAB_STATE_LISTEN);
	ck_assert_uint_eq(row_of(a)->local.len, 0);
	ck_assert_uint_eq(row_of(a)->holders, 1);
}
END_TEST

START_TEST(torn_rows_tell_nothing_but_are_told)
{
	struct st_row *good = holder(0, 3, 7, 100), *torn = holder(1, 4, 7, 200);

	good->state = ST_STATE_ESTAB;
	local_port(good, 5);
	torn->state = ST_STATE_LISTEN;
	torn->cells = UINT64_C(9) << 32 | 0xf << 8;
	read_table();
	ck_assert(row_of(torn)->torn && !row_of(good)->torn);
	ck_assert_int_eq(row_of(good)->state, SOCKTAB_STATE_ESTAB);
	ck_assert_int_eq(row_of(torn)->state, SOCKTAB_STATE_ESTAB);
	ck_assert_int_eq(socktab_address_port(&row_of(torn)->local), 5);
	ck_assert_uint_eq(row_of(good)->holders, 2);
}
END_TEST

/* Enough sockets that the hash has to grow, each held twice. */
START_TEST(thousands_of_sockets_are_each_joined_to_their_own)
{
	static const struct forge_shape large = {
		.chunks = 512, .rows_per_chunk = 32, .processes = 2,
	};
	const int n = 6000;

	forge_end(&forge);
	forge_begin(&forge, &large);
	for (uint32_t process = 0; process < 2; process++) {
		forge_attach(&forge);
		for (int i = 0; i < n; i++) {
			struct st_row *raw = holder(process, i, (uint64_t)i * 3 + 1,
						    1 + ((unsigned)i + process) % 2);

			raw->backlog = (uint32_t)i;
			local_port(raw, (uint16_t)(i + (int)process * 10000));
		}
	}
	read_table();
	ck_assert_uint_eq(socktab_row_count(table), 2 * (size_t)n);
	for (size_t i = 0; i < 2 * (size_t)n; i++) {
		const struct socktab_row *row = socktab_row(table, i);
		long later = row->fd + (row->fd % 2 == 0 ? 10000 : 0);

		ck_assert_int_eq(row->fd, (int)i % n);
		ck_assert_uint_eq(row->holders, 2);
		ck_assert_int_eq(socktab_address_port(&row->local), later);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("joining");
	TCase *tcase = forge_case(suite, "joining");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, facts_of_the_socket_come_from_the_row_that_changed_last);
	tcase_add_test(tcase, facts_of_the_descriptor_stay_its_own);
	tcase_add_test(tcase, options_are_joined_bit_by_bit);
	tcase_add_test(tcase, a_closed_row_is_closed_but_tells_the_others_what_it_knew);
	tcase_add_test(tcase, only_open_descriptors_of_the_living_hold);
	tcase_add_test(tcase, rows_without_a_cookie_are_never_joined);
	tcase_add_test(tcase, rows_of_another_family_are_never_joined);
	tcase_add_test(tcase, torn_rows_tell_nothing_but_are_told);
	tcase_add_test(tcase, thousands_of_sockets_are_each_joined_to_their_own);
	return forge_main(suite);
}
