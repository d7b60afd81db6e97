/* SPDX-License-Identifier: MIT
 *
 * Filters: each word, operator and kind of value on a table whose rows are all different; what is
 * wrong is pointed at; and no text, however wild, does harm.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "forge.h"

static struct forge forge;
static struct socktab *table;

/* --- the table: a row is named by its descriptor */

static struct st_row *open_row(int fd, int family, int type, enum st_state state)
{
	struct st_row *row = forge_open(&forge, 0, fd);

	row->family = (uint16_t)family;
	row->type = (uint16_t)type;
	row->state = state;
	row->cookie = (uint64_t)(100 + fd);
	return row;
}

/* Answers its length. */
static size_t make_inet(struct sockaddr_storage *address, const char *host, uint16_t port)
{
	struct sockaddr_in6 *in6 = (void *)address;

	memset(address, 0, sizeof *address);
	if (!strchr(host, ':')) {
		forge_inet(address, host, port);
		return sizeof(struct sockaddr_in);
	}
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(port);
	ck_assert_int_eq(inet_pton(AF_INET6, host, &in6->sin6_addr), 1);
	return sizeof(struct sockaddr_in6);
}

static void name_inet(struct st_row *row, const char *local, uint16_t local_port, const char *peer,
		      uint16_t peer_port)
{
	struct sockaddr_storage address;
	size_t len = make_inet(&address, local, local_port);

	forge_local(row, &address, len);
	if (!peer)
		return;
	len = make_inet(&address, peer, peer_port);
	forge_peer(row, &address, len);
}

static void name_unix(struct st_row *row, const char *path, size_t len)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	memcpy(address.sun_path, path, len);
	forge_local(row, &address, offsetof(struct sockaddr_un, sun_path) + len);
}

static struct st_row *open_inet(int fd, enum st_state state, const char *local, uint16_t port,
				const char *peer, uint16_t peer_port)
{
	struct st_row *row = open_row(fd, strchr(local, ':') ? AF_INET6 : AF_INET, SOCK_STREAM,
				      state);

	name_inet(row, local, port, peer, peer_port);
	return row;
}

static uint64_t ago(int seconds)
{
	return (uint64_t)forge_now(CLOCK_MONOTONIC) - (uint64_t)seconds * UINT64_C(1000000000);
}

static void open_listener(void)
{
	struct st_row *row = open_inet(1, ST_STATE_LISTEN, "127.0.0.1", 80, NULL, 0);

	row->listen_ns = ago(60);
	row->created_ns = ago(90);
	row->backlog = 5;
	row->accepted = 2;
}

static void open_busy(uint64_t listener)
{
	struct st_row *row = open_inet(2, ST_STATE_ESTAB, "127.0.0.1", 80, "10.1.2.3", 40000);

	row->parent = listener;
	row->origin = ST_ORIGIN_ACCEPT;
	row->options = ST_OPT_NODELAY | ST_OPT_CLOEXEC;
	row->options_known = ST_OPT_NODELAY | ST_OPT_CLOEXEC | ST_OPT_KEEPALIVE;
	row->rx.bytes = 5000;
	row->rx.calls = 10;
	row->rx.again = 3;
	row->tx.errors = 1;
	row->tx.last_errno = ECONNRESET;
	row->rx.last_ns = ago(30);
	row->rx.first_ns = ago(40);
}

static void open_others(void)
{
	struct st_row *row = open_row(5, AF_INET, SOCK_DGRAM, ST_STATE_BOUND);

	name_inet(row, "0.0.0.0", 53, NULL, 0);
	name_unix(open_row(6, AF_UNIX, SOCK_STREAM, ST_STATE_LISTEN), "/run/App.sock", 14);
	name_unix(open_row(7, AF_UNIX, SOCK_DGRAM, ST_STATE_BOUND), "\0name", 5);
	open_row(12, AF_UNIX, SOCK_STREAM, ST_STATE_SHUT_WR);
	row = open_inet(11, ST_STATE_ESTAB, "127.0.0.1", 7, "127.0.0.1", 8);
	row->closed_ns = ago(10);
	row->closer = ST_CLOSER_RANGE;
	row->life = ST_LIFE(1, ST_CLOSED);
	row = open_inet(13, ST_STATE_FAILED, "127.0.0.1", 40002, "127.0.0.1", 9);
	row->connect_errno = ECONNREFUSED;
}

static void begin(void)
{
	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	open_listener();
	open_busy(forge_row_id(&forge, forge_row(&forge, 0)));
	open_inet(3, ST_STATE_ESTAB, "2001:db8::1", 443, "2001:db8::2", 50000);
	open_inet(4, ST_STATE_ESTAB, "::ffff:10.0.0.1", 80, "::ffff:10.9.9.9", 7);
	open_others();
	open_inet(8, ST_STATE_CONNECTING, "127.0.0.1", 40001, "192.168.1.1", 443);
	open_inet(9, ST_STATE_SHUT_WR, "127.0.0.1", 40003, "127.0.0.1", 10);
	open_inet(10, ST_STATE_SHUT_RD, "127.0.0.1", 40004, "127.0.0.1", 10);
	forge_write(&forge, "table");
	table = forge_read(&forge);
}

static void end(void)
{
	socktab_close(table);
	forge_end(&forge);
}

/* --- what a filter picks: a bit for each descriptor */

#define ALL 0x3ffeu

static unsigned int picked_by(const struct socktab_filter *filter)
{
	unsigned int fds = 0;

	for (size_t i = 0; i < socktab_row_count(table); i++)
		if (socktab_filter_match(filter, table, socktab_row(table, i)))
			fds |= 1u << socktab_row(table, i)->fd;
	return fds;
}

static unsigned int picked(const char *text)
{
	struct socktab_filter_error error;
	struct socktab_filter *filter;
	unsigned int fds;

	ck_assert_msg(socktab_filter_parse(text, 0, &filter, &error) == 0, "%s: %s", text,
		      error.text);
	fds = picked_by(filter);
	socktab_filter_free(filter);
	return fds;
}

/* fds: "1 2", in order */
static void picks(const char *text, const char *fds)
{
	unsigned int expected = 0, got = picked(text);
	char *end;

	for (const char *at = fds; *at; at = end) {
		expected |= 1u << strtoul(at, &end, 10);
		ck_assert_ptr_ne(at, end);
	}
	ck_assert_msg(got == expected, "%s: picked %#x, not %#x", text, got, expected);
}

START_TEST(no_text_matches_everything)
{
	ck_assert_uint_eq(picked(""), ALL);
	ck_assert_uint_eq(picked(" \t\n"), ALL);
}
END_TEST

START_TEST(ports_and_addresses)
{
	picks("sport = :80", "1 2 4");
	picks("sport 80", "1 2 4");
	picks("sport=80,443", "1 2 3 4");
	picks("dport :https", "8");
	picks("sport = :http", "1 2 4");
	picks("sport gt :40000 sport <= 40003", "8 9 13");
	picks("sport != :*", "6 7 12");
	picks("dport = :0", "1 5");
	picks("sport = inet6:80", "4");
	picks("dst 10.0.0.0/8", "2 4");
	picks("dst 10/8", "2 4");
	picks("dst 10.1/16", "2");
	picks("dst 10.1.2.3:40000", "2");
	picks("dst = 10.1.2.3:1", "");
	picks("dst inet:10.0.0.0/8", "2");
	picks("dst [::ffff:10.0.0.0]/104", "4");
	picks("dst [::ffff:10.0.0.0/104]:7", "4");
	picks("src [2001:db8::]/32:443", "3");
	picks("src 2001:db8::1", "3");
	picks("src 2001:db8::1:443", "3");
	picks("src ::ffff:0:0/96", "4");
	picks("src inet6:*", "3 4");
	picks("src *:53", "5");
	picks("src :53", "5");
	picks("src 0.0.0.0", "5");
	picks("dst 0.0.0.0/0", "1 2 4 5 8 9 10 11 13");
	picks("src /run/*", "6");
	picks("src unix:/RUN/app*", "6");
	picks("src @na*", "7");
	picks("src unix:*", "6 7 12");
	picks("src *.sock", "6");
	picks("dst 192.168.*", "8");
	picks("src != 127.0.0.1", "3 4 5 6 7 12");
	picks("local 127.0.0.1 peer 127.0.0.1", "9 10 11 13");
}
END_TEST

START_TEST(states)
{
	picks("state established", "2 3 4 10 12");
	picks("state ESTAB", "2 3 4 10 12");
	picks("state listening", "1 6");
	picks("state syn-sent state listen", "1 6 8");
	picks("state connected", "2 3 4 8 9 10 12");
	picks("state synchronized", "2 3 4 9 10 12");
	picks("state connected exclude established", "8 9");
	picks("state fin-wait-1", "9");
	picks("state fin-wait-2", "9");
	picks("state closing", "9");
	picks("state last-ack", "9");
	picks("state close-wait", "");
	picks("state time-wait", "");
	picks("state bucket", "");
	picks("state unconnected", "5 7");
	picks("state closed", "11");
	picks("state shut-rd", "10");
	picks("state shut-wr", "9 12");
	picks("state established exclude shut-rd", "2 3 4 12");
	picks("state failed", "13");
	ck_assert_uint_eq(picked("state all"), ALL);
	ck_assert_uint_eq(picked("state big"), ALL);
	ck_assert_uint_eq(picked("exclude established state established"), ALL);
	ck_assert_uint_eq(picked("exclude bucket"), ALL);
	picks("exclude established exclude listening", "5 7 8 9 11 13");
	picks("not state established fd < 10", "1 5 6 7 8 9");
	picks("state = listening", "1 6");
	picks("state != listening fd 1,2", "2");
	picks("state listening or state failed", "1 6 13");
}
END_TEST

START_TEST(words_of_our_own)
{
	char text[64];

	snprintf(text, sizeof text, "pid %d fd 1,3", (int)getpid());
	picks(text, "1 3");
	picks("pid 1", "");
	picks("comm for*", "1 2 3 4 5 6 7 8 9 10 11 12 13");
	picks("comm 'forged' fd 1", "1");
	picks("comm x", "");
	snprintf(text, sizeof text, "uid = %u fd 1", (unsigned int)geteuid());
	picks(text, "1");
	picks("origin accept", "2");
	snprintf(text, sizeof text, "parent %d:1", (int)getpid());
	picks(text, "2");
	snprintf(text, sizeof text, "heldby %d:3", (int)getpid());
	picks(text, "3");
	picks("cookie 103", "3");
	picks("cookie 0x67", "3");
	picks("holders 1 fd 1", "1");
	picks("family unix", "6 7 12");
	picks("family inet6", "3 4");
	picks("type dgram", "5 7");
	picks("proto udp", "5");
	picks("proto unix", "6 7 12");
	picks("proto unix-dgram,udp", "5 7");
	picks("proto unix-s*", "6 12");
	picks("path /run/*", "6");
	picks("path /RUN/*", "");
	picks("path @name", "7");
	picks("host 10.*", "2");
	picks("host *10.9.9.9", "4");
	picks("life closed", "11");
	picks("closer range", "11");
	picks("not open", "11");
	picks("alive fd 1", "1");
}
END_TEST

START_TEST(traffic_times_and_options)
{
	picks("rx > 4KiB", "2");
	picks("rx >= 5000", "2");
	picks("rx > 5K", "");
	picks("rx_bytes > 4.8k", "2");
	picks("rx > 5KB", "");
	picks("RXCALLS = 10", "2");
	picks("rx_again ge 3", "2");
	picks("tx_errors > 0", "2");
	picks("errors > 0", "2");
	picks("errno ECONNRESET", "2");
	picks("errno econnrefused", "13");
	picks("errno = 104", "2");
	picks("connerrno ECONNREFUSED", "13");
	picks("age > 1m", "1");
	picks("age > 1m20s age < 0.5h", "1");
	picks("age > 100000ms", "");
	picks("idle > 1ms idle < 1h listened", "1");
	picks("listened", "1");
	picks("listened > 50s", "1");
	picks("listened < 50s", "");
	picks("rx_last > 20s rx_first > 35s", "2");
	picks("closed", "11");
	picks("closed < 1m", "11");
	picks("backlog = 5", "1");
	picks("accepted > 1", "1");
	picks("accepted < 1", "");
	picks("nodelay", "2");
	picks("nodelay = yes", "2");
	picks("nodelay != no", "2");
	picks("not nodelay fd 1,2", "1");
	picks("nodelay = no fd 1,2", "1");
	picks("nodelay cloexec not keepalive", "2");
}
END_TEST

/* As ss reads them, which its manual denies; tests/tool holds this against ss. */
START_TEST(from_left_to_right)
{
	picks("fd 1 or fd 2 and sport = :80", "1 2");
	picks("fd 3 or fd 2 and sport = :80", "2");
	picks("fd 3 or fd 2 sport = :80", "2");
	picks("sport = :80 and fd 2 or fd 3", "2 3");
	picks("fd 3 or ( fd 2 and sport = :80 )", "2 3");
	picks("not fd 3 fd 3,2", "2");
	picks("not ( fd 3 or fd 2 ) fd 1,2", "1");
	picks("not not fd 3", "3");
	picks("! fd 3 and fd 2,3", "2");
	picks("!fd=3 && fd=2", "2");
	picks("fd 1 & fd 2 | fd 3", "3");
	picks("fd 1||fd 2", "1 2");
	picks("(fd 1)or(fd 2)", "1 2");
	picks("((fd 1))", "1");
	/* States in front hold for all of it, unless a word joins them. */
	picks("state established fd 2 or fd 1", "2");
	picks("state established and fd 2 or fd 1", "1 2");
	picks("state established or fd 1", "1 2 3 4 10 12");
	picks("( state established fd 2 or fd 1 ) or fd 5", "2 5");
	picks("fd 1 or fd 2 state established", "2");
}
END_TEST

START_TEST(closed_ones_are_asked_for)
{
	static const struct {
		const char *text;
		bool wants;
	} cases[] = {
		{ "", false }, { "fd 1", false }, { "state all", false }, { "state big", false },
		{ "exclude established", false }, { "exclude closed", false },
		{ "state closed", true }, { "fd 1 or state closed", true }, { "closed", true },
		{ "life gone", true }, { "closer exec", true }, { "open", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct socktab_filter_error error;
		struct socktab_filter *filter;

		ck_assert_int_eq(socktab_filter_parse(cases[i].text, 0, &filter, &error), 0);
		ck_assert_msg(socktab_filter_wants_closed(filter) == cases[i].wants, "%s",
			      cases[i].text);
		socktab_filter_free(filter);
	}
}
END_TEST

/* --- every word there is, with every operator */

static const char *example(const char *value)
{
	static const char *const examples[][2] = {
		{ "STATE", "established" }, { "HOST", "127.0.0.1" }, { ":PORT", ":80" },
		{ "N", "2" }, { "GLOB", "f*" }, { "USER", "0" }, { "PID:FD", "1:2" },
		{ "SIZE", "1K" }, { "TIME", "1s" }, { "[< TIME]", "1s" }, { "[= yes|no]", "yes" },
		{ "ERROR", "EPIPE" }, { "", "" },
	};

	for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
		if (!strcmp(examples[i][0], value))
			return examples[i][1];
	return NULL;
}

static const char *name_for(const char *word)
{
	static const char *const names[][2] = {
		{ "origin", "fork" }, { "life", "gone" }, { "closer", "exec" }, { "proto", "tcp" },
		{ "family", "inet" }, { "type", "raw" },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (!strcmp(names[i][0], word))
			return names[i][1];
	ck_abort_msg("no example for %s", word);
}

static bool has_order(const char *value)
{
	static const char *const with_order[] = { "N", ":PORT", "SIZE", "TIME", "[< TIME]" };

	for (size_t i = 0; i < sizeof with_order / sizeof with_order[0]; i++)
		if (!strcmp(with_order[i], value))
			return true;
	return false;
}

static unsigned int picked_with(const char *name, const char *operator, const char *value)
{
	char text[128];

	snprintf(text, sizeof text, "%s %s %s", name, operator, value);
	return picked(text);
}

static void try_operators(const char *name, const struct socktab_filter_word *word,
			  const char *value)
{
	unsigned int equal = picked_with(name, "=", value);

	ck_assert_uint_eq(equal, picked_with(name, "==", value));
	ck_assert_uint_eq(equal, picked_with(name, "eq", value));
	ck_assert_uint_eq(ALL & ~equal, picked_with(name, "!=", value));
	ck_assert_uint_eq(ALL & ~equal, picked_with(name, "neq", value));
	if (word->value[0] != '[')
		ck_assert_uint_eq(equal, picked_with(name, "", value));
	if (!has_order(word->value))
		return;
	ck_assert_uint_eq(picked_with(name, "<", value), picked_with(name, "lt", value));
	ck_assert_uint_eq(picked_with(name, ">=", value), picked_with(name, "geq", value));
	ck_assert_uint_eq(picked_with(name, "<=", value), equal | picked_with(name, "<", value));
	ck_assert_uint_eq(picked_with(name, "ge", value), equal | picked_with(name, "gt", value));
	ck_assert_uint_eq(picked_with(name, "<", value) & picked_with(name, ">", value), 0);
}

START_TEST(every_word_with_every_operator)
{
	struct socktab_filter_word word;
	size_t i;

	for (i = 0; socktab_filter_word(i, &word); i++) {
		const char *value = strcmp(word.value, "NAME") ? example(word.value) :
								 name_for(word.name);

		ck_assert_ptr_nonnull(value);
		ck_assert_ptr_nonnull(word.help);
		if (word.value[0] == '[' || !word.value[0])
			picked(word.name);
		if (!*value || !strcmp(word.name, "exclude"))
			continue;
		try_operators(word.name, &word, value);
		if (word.alias)
			ck_assert_uint_eq(picked_with(word.name, "=", value),
					  picked_with(word.alias, "=", value));
	}
	ck_assert_uint_gt(i, 60);
	for (i = 0; socktab_filter_state(i); i++)
		ck_assert_uint_eq(picked_with("state", "", socktab_filter_state(i)),
				  ALL & ~picked_with("exclude", "", socktab_filter_state(i)));
}
END_TEST

/* --- what is wrong */

static void refuses(const char *text, size_t offset, size_t length, const char *part)
{
	struct socktab_filter_error error;
	struct socktab_filter *filter = (void *)1;
	int answer = socktab_filter_parse(text, 0, &filter, &error);

	ck_assert_msg(answer < 0, "%s: was understood", text);
	ck_assert_ptr_null(filter);
	ck_assert_int_eq(answer, -error.code);
	ck_assert_msg(strstr(error.text, part), "%s: %s", text, error.text);
	ck_assert_msg(error.offset == offset && error.length == length, "%s: at %zu, %zu (%s)",
		      text, error.offset, error.length, error.text);
}

START_TEST(errors_have_a_place)
{
	refuses("sprt :80", 0, 4, "did you mean 'sport'?");
	refuses("fd 1 and foo 2", 9, 3, "'foo' is no word");
	refuses("state  establishd", 7, 10, "did you mean 'established'?");
	refuses("origin accpet", 7, 6, "did you mean 'accept'?");
	refuses("fd", 2, 0, "missing after 'fd'");
	refuses("fd )", 3, 1, "missing after 'fd'");
	refuses("fd and fd 1", 3, 3, "missing after 'fd'");
	refuses("fd 1 or", 7, 0, "missing at the end");
	refuses("fd 1 and )", 9, 1, "missing before ')'");
	refuses("or fd 1", 0, 2, "no word");
	refuses("( fd 1", 0, 1, "not closed");
	refuses("fd 1 (fd 2", 5, 1, "not closed");
	refuses("fd 1 )", 5, 1, "not opened");
	refuses("()", 1, 1, "missing");
	refuses("fd x", 3, 1, "no fd");
	refuses("fd -1", 3, 2, "no fd");
	refuses("fd 99999999999999999999", 3, 20, "no fd");
	refuses("fd 1, 2", 6, 1, "");
	refuses("fd ,", 3, 1, "empty");
	refuses("fd > 1,2", 5, 3, "no order");
	refuses("rx > 4Q", 5, 2, "no size");
	refuses("rx > 99999999999T", 5, 12, "no size");
	refuses("age > 5", 6, 1, "no duration");
	refuses("age > 5s1", 6, 3, "no duration");
	refuses("comm > a", 5, 1, "no order");
	refuses("state > established", 6, 1, "no order");
	refuses("tcp = yes", 4, 1, "takes no value");
	refuses("dst 1.2.3.4/33", 4, 10, "no address");
	refuses("dst 1.2.3.4.5", 4, 9, "no address");
	refuses("dst 256.1.1.1", 4, 9, "no address");
	refuses("dst [::1", 4, 4, "no address");
	refuses("dst inet:/run/x", 4, 11, "no address");
	refuses("dst localhost", 4, 9, "no address");
	refuses("sport = :nosuchservice", 8, 14, "no port");
	refuses("sport < *", 8, 1, "any port");
	refuses("comm 'a b", 5, 4, "quotation mark");
	refuses("errno EPIPPE", 6, 6, "did you mean 'EPIPE'?");
	refuses("nodelay = maybe", 10, 5, "neither yes nor no");
	refuses("dev lo", 0, 3, "the kernel alone");
	refuses("fd = = 1", 5, 1, "no fd");
}
END_TEST

START_TEST(parentheses_have_a_limit)
{
	size_t many = 100000;
	char *text = malloc(2 * many + 16);
	struct socktab_filter_error error;
	struct socktab_filter *filter;

	memset(text, '(', many);
	strcpy(text + many, "fd 1");
	ck_assert_int_eq(socktab_filter_parse(text, 0, &filter, &error), -EINVAL);
	ck_assert_ptr_nonnull(strstr(error.text, "parentheses"));
	/* Terms side by side are no depth, nor is `not`. */
	for (size_t i = 0; i < many; i++)
		memcpy(text + 2 * i, "! ", 2);
	strcpy(text + 2 * many, "fd 1");
	picks(text, "1");
	for (size_t i = 0; i < many / 4; i++)
		memcpy(text + 8 * i, "fd 1 or ", 8);
	strcpy(text + 2 * many, "fd 2");
	picks(text, "1 2");
	free(text);
}
END_TEST

/* --- wild texts; the seed is fixed, so that a failure comes again */

static uint64_t wild_state;

static unsigned int wild(unsigned int below)
{
	wild_state = wild_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned int)(wild_state >> 33) % below;
}

static const char *wild_token(char *room, size_t size)
{
	static const char *const tokens[] = {
		"and", "or", "not", "!", "&", "&&", "|", "||", "(", ")", "(", ")", "=", "==", "!=",
		"<", ">", "<=", ">=", "eq", "ne", "gt", "geq", "80", ":80", ":http", "10/8", "*",
		"[::1]", "[::1]/64:80", "/run/*", "@x", "5s", "4KiB", "EPIPE", "yes", "a*b[c", "'",
		"\"a b\"", "\\", "\\ ", ",", "1,2", "0x", "-1", "18446744073709551615", "1.5", ".",
		"unix:", "inet6:", "\303\244", "\377", "1:2", ":", "::", "/", "[", "]", "[]", "[/]:",
	};
	struct socktab_filter_word word;
	const size_t count = sizeof tokens / sizeof tokens[0];
	unsigned int which = wild(3);

	if (which == 0 && socktab_filter_word(wild(100), &word))
		return word.name;
	if (which == 1 && wild(3) == 0)
		return socktab_filter_state(wild(20));
	if (which == 2 && wild(10) == 0) {
		snprintf(room, size, "%c", (int)(1 + wild(255)));
		return room;
	}
	return tokens[wild((unsigned int)count)];
}

static void wild_text(char *text, size_t size)
{
	char room[8];
	size_t len = 0;

	text[0] = '\0';
	for (unsigned int n = wild(12); n > 0 && len < size; n--)
		len += (size_t)snprintf(text + len, size - len, "%s%s", wild(5) ? " " : "",
					wild_token(room, sizeof room));
}

/* Of what was understood, the opposite picks the others. */
static void try_opposite(const char *text, unsigned int fds)
{
	char opposite[600];

	snprintf(opposite, sizeof opposite, "not ( %s )", text);
	ck_assert_msg(picked(opposite) == (ALL & ~fds), "%s", opposite);
}

START_TEST(wild_texts_do_no_harm)
{
	char text[512];
	unsigned int good = 0;

	wild_state = (uint64_t)_i * 7919 + 1;
	for (int i = 0; i < 20000; i++) {
		struct socktab_filter_error error;
		struct socktab_filter *filter;

		wild_text(text, sizeof text);
		if (socktab_filter_parse(text, 0, &filter, &error) == 0) {
			good++;
			if (text[strspn(text, " ")] && !strpbrk(text, "\t\n\v\f\r"))
				try_opposite(text, picked_by(filter));
			socktab_filter_free(filter);
			continue;
		}
		ck_assert_msg(error.offset + error.length <= strlen(text), "%s", text);
		ck_assert_msg(error.text[0] && !strchr(error.text, '\n'), "%s", error.text);
	}
	/* Else nothing was tried. */
	ck_assert_uint_gt(good, 100);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("filter");
	TCase *tcase = forge_case(suite, "filter");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, no_text_matches_everything);
	tcase_add_test(tcase, ports_and_addresses);
	tcase_add_test(tcase, states);
	tcase_add_test(tcase, words_of_our_own);
	tcase_add_test(tcase, traffic_times_and_options);
	tcase_add_test(tcase, from_left_to_right);
	tcase_add_test(tcase, closed_ones_are_asked_for);
	tcase_add_test(tcase, every_word_with_every_operator);
	tcase_add_test(tcase, errors_have_a_place);
	tcase_add_test(tcase, parentheses_have_a_limit);
	tcase_add_loop_test(tcase, wild_texts_do_no_harm, 0, 4);
	return forge_main(suite);
}
