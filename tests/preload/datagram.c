/* SPDX-License-Identifier: MIT
 *
 * Sockets without a stream: their peers, associations, groups.
 */
#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

static bool has_peer(const struct socktab_row *row, int port)
{
	for (uint32_t i = 0; i < row->peer_count; i++)
		if (socktab_address_port(&row->last_peers[i]) == port)
			return true;
	return false;
}

START_TEST(udp_to_several_peers)
{
	struct run *run = start("udp_to_several_peers");
	const struct socktab_row *row;
	unsigned known = 0;

	reach(run, "spoken");
	row = row_at(run, 0);
	/* more than the places: an estimate */
	ck_assert_uint_ge(row->peers, 4);
	ck_assert_uint_le(row->peers, 6);
	expect(run, number(run, 0), UDP, .tx = MOVED(60, 15), .rx = MOVED(4, 2),
	       .peers = row->peers);
	for (int i = 1; i <= 5; i++)
		known += has_peer(row, number(run, i));
	ck_assert_uint_eq(known, row->peer_count);
	ck_assert_uint_ge(known, 3);
	finish(run);
}
END_TEST

START_TEST(udp_with_two_peers)
{
	struct run *run = start("udp_with_two_peers");
	const struct socktab_row *row;

	reach(run, "spoken");
	row = expect(run, number(run, 0), UDP, .tx = MOVED(9, 2), .rx = MOVED(5, 1), .peers = 2);
	ck_assert_uint_eq(row->peer_count, 2);
	ck_assert(has_peer(row, number(run, 1)) && has_peer(row, number(run, 2)));
	ck_assert_int_eq(row->last_peers[0].len, sizeof(struct sockaddr_in));
	finish(run);
}
END_TEST

START_TEST(udp_received_by_recvmmsg)
{
	struct run *run = start("udp_received_by_recvmmsg");
	const struct socktab_row *row;

	reach(run, "received");
	row = expect(run, number(run, 0), UDP, .rx = MOVED(6, 2, .again = 1), .peers = 3);
	for (int i = 1; i <= 3; i++)
		ck_assert(has_peer(row, number(run, i)));
	finish(run);
}
END_TEST

START_TEST(udp_connected)
{
	struct run *run = start("udp_connected");

	reach(run, "connected");
	expect(run, number(run, 0), .type = SOCK_DGRAM, CLIENT);
	reach(run, "spoken");
	expect(run, number(run, 0), .type = SOCK_DGRAM, CLIENT, .tx = MOVED(4, 2));
	expect(run, number(run, 1), UDP, .rx = MOVED(4, 2));
	finish(run);
}
END_TEST

START_TEST(udp_disconnected)
{
	struct run *run = start("udp_disconnected");
	const struct socktab_row *row;

	reach(run, "disconnected");
	row = row_at(run, 0);
	ck_assert_int_eq(row->state, SOCKTAB_STATE_UNCONN);
	ck_assert_int_eq(row->peer.len, 0);
	reach(run, "connected");
	expect(run, number(run, 0), .type = SOCK_DGRAM, CLIENT,
	       .tx = { .calls = 1, .errors = 1, .error = EDESTADDRREQ });
	finish(run);
}
END_TEST

START_TEST(udp_refused)
{
	struct run *run = start("udp_refused");

	reach(run, "refused");	/* what the error queue gives back was never received */
	expect(run, number(run, 0), .type = SOCK_DGRAM, CLIENT, .tx = MOVED(12, 3),
	       .rx = { .calls = 2, .errors = 1, .error = ECONNREFUSED },
	       .peers = row_at(run, 0)->peers);
	finish(run);
}
END_TEST

START_TEST(sendto_without_bind)
{
	struct run *run = start_with(&(struct launch){ .program = "sendto_without_bind",
						       .tolerate = ADDRESS_UNKNOWN });

	reach(run, "sent");
	run->launch.tolerate = 0;
	reach(run, "asked");
	ck_assert_uint_eq(row_at(run, 0)->peers, 1);
	finish(run);
}
END_TEST

START_TEST(unix_datagrams)
{
	struct run *run = start("unix_datagrams");

	reach(run, "spoken");
	expect(run, number(run, 0), .family = AF_UNIX, UDP, .rx = MOVED(5, 2));
	expect(run, number(run, 1), .family = AF_UNIX, .type = SOCK_DGRAM,
	       .state = SOCKTAB_STATE_UNCONN, .tx = MOVED(3, 1), .peers = 1);
	expect(run, number(run, 2), .family = AF_UNIX, .type = SOCK_DGRAM,
	       CLIENT, .tx = MOVED(2, 1));
	finish(run);
}
END_TEST

static bool has_group(const struct socktab_row *row, int family, const char *text, int ifindex)
{
	uint8_t group[16] = { 0 };
	size_t size = family == AF_INET ? 4 : 16;

	ck_assert_int_eq(inet_pton(family, text, group), 1);
	for (uint32_t i = 0; i < row->group_count; i++)
		if (row->groups[i].family == family && !memcmp(row->groups[i].group, group, size)
		    && row->groups[i].ifindex == (uint32_t)ifindex)
			return true;
	return false;
}

START_TEST(multicast_groups)
{
	struct run *run = start("multicast_groups");
	const struct socktab_row *row;

	if (skipped(run))
		return;
	reach(run, "joined");
	row = expect(run, number(run, 0), .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN,
		     .groups = 2);
	ck_assert(has_group(row, AF_INET, "232.1.2.3", number(run, 2)));
	ck_assert(has_group(row, AF_INET, "232.1.2.4", number(run, 2)));
	row = expect(run, number(run, 1), .family = AF_INET6, .type = SOCK_DGRAM,
		     .state = SOCKTAB_STATE_UNCONN, .groups = 1);
	ck_assert(has_group(row, AF_INET6, "ff02::77", number(run, 2)));
	reach(run, "left");
	row = expect(run, number(run, 0), .type = SOCK_DGRAM, .state = SOCKTAB_STATE_UNCONN,
		     .groups = 1);
	ck_assert(row->groups[0].group[3] == 4);
	finish(run);
}
END_TEST

START_TEST(message_with_a_name)
{
	struct run *run = start("message_with_a_name");

	reach(run, "received");
	expect(run, number(run, 0), UDP, .tx = MOVED(4, 2), .rx = MOVED(4, 2), .peers = 1);
	finish(run);
}
END_TEST

/* A peer is one peer, however its address is passed. */
START_TEST(addresses_with_junk)
{
	struct run *run = start("addresses_with_junk");
	const struct socktab_row *row;

	reach(run, "named");
	row = expect(run, number(run, 0), UDP, .tx = MOVED(9, 9), .peers = 1);
	ck_assert_int_eq(row->last_peers[0].len, sizeof(struct sockaddr_in));
	row = expect(run, number(run, 2), .type = SOCK_DGRAM, CLIENT);
	ck_assert_int_eq(row->peer.len, sizeof(struct sockaddr_in));
	row = expect(run, number(run, 3), .family = AF_INET6, .type = SOCK_DGRAM, CLIENT);
	ck_assert_int_eq(row->peer.len, sizeof(struct sockaddr_in6));
	ck_assert_int_eq(row_at(run, 4)->local.len, sizeof(struct sockaddr_in));
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, udp_to_several_peers);
	tcase_add_test(tcase, udp_with_two_peers);
	tcase_add_test(tcase, udp_received_by_recvmmsg);
	tcase_add_test(tcase, udp_connected);
	tcase_add_test(tcase, udp_disconnected);
	tcase_add_test(tcase, udp_refused);
	tcase_add_test(tcase, sendto_without_bind);
	tcase_add_test(tcase, unix_datagrams);
	tcase_add_test(tcase, multicast_groups);
	tcase_add_test(tcase, message_with_a_name);
	tcase_add_test(tcase, addresses_with_junk);
}

int main(void)
{
	return suite_run("datagram", fill);
}
