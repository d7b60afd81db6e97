/* SPDX-License-Identifier: MIT
 *
 * Calls that make sockets: each family and type, each flag, addresses of every kind.
 */
#include <check.h>
#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

START_TEST(unix_path_of_108_bytes)
{
	struct run *run = start("unix_path_of_108_bytes");
	const struct socktab_row *row;
	char text[256], path[109] = { 0 };

	reach(run, "listening");
	row = expect(run, number(run, 0), .family = AF_UNIX, .type = SOCK_SEQPACKET,
		     LISTENER, .backlog = 2);
	memset(path, 'p', 108);
	socktab_address_text(&row->local, text, sizeof(text));
	ck_assert_str_eq(text, path);
	ck_assert(!row->local.cut);
	finish(run);
}
END_TEST

START_TEST(unix_abstract_with_nuls)
{
	struct run *run = start("unix_abstract_with_nuls");
	const struct socktab_row *server;

	reach(run, "connected");
	server = expect(run, number(run, 0), .family = AF_UNIX, LISTENER, .backlog = 2);
	ck_assert_int_eq(server->local.len, offsetof(struct sockaddr_un, sun_path) + 14);
	expect(run, number(run, 1), .family = AF_UNIX, CLIENT);
	finish(run);
}
END_TEST

START_TEST(unix_address_of_the_kernels_choice)
{
	struct run *run = start("unix_address_of_the_kernels_choice");
	const struct socktab_row *row;

	reach(run, "bound");
	row = expect(run, number(run, 0), .family = AF_UNIX, .type = SOCK_DGRAM,
		     .state = SOCKTAB_STATE_UNCONN, .times = BOUND);
	ck_assert_int_gt(row->local.len, offsetof(struct sockaddr_un, sun_path) + 1);
	finish(run);
}
END_TEST

START_TEST(socketpair_of_every_type)
{
	static const int types[3] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };
	static const unsigned options[3] = { 0, SOCKTAB_OPT_NONBLOCK, SOCKTAB_OPT_CLOEXEC };
	struct run *run = start("socketpair_of_every_type");

	reach(run, "paired");
	for (int i = 0; i < 3; i++) {
		uint64_t first = row_at(run, 2 * i)->id, second = row_at(run, 2 * i + 1)->id;

		expect(run, number(run, 2 * i), .family = AF_UNIX, .type = types[i],
		       .origin = SOCKTAB_ORIGIN_SOCKETPAIR, .state = SOCKTAB_STATE_ESTAB,
		       .pair = second, .options = options[i], .tx = MOVED(3, 1));
		expect(run, number(run, 2 * i + 1), .family = AF_UNIX, .type = types[i],
		       .origin = SOCKTAB_ORIGIN_SOCKETPAIR, .state = SOCKTAB_STATE_ESTAB,
		       .pair = first, .options = options[i]);
	}
	finish(run);
}
END_TEST

START_TEST(netlink_route)
{
	struct run *run = start("netlink_route");

	reach(run, "bound");
	expect(run, number(run, 0), .family = AF_NETLINK, .type = SOCK_RAW,
	       .protocol = NETLINK_ROUTE, .state = SOCKTAB_STATE_UNCONN, .times = BOUND,
	       .options = SOCKTAB_OPT_CLOEXEC,
	       .groups = row_at(run, 0)->group_count);
	reach(run, "answered");
	expect(run, number(run, 0), .family = AF_NETLINK, .type = SOCK_RAW,
	       .protocol = NETLINK_ROUTE, .state = SOCKTAB_STATE_UNCONN, .times = BOUND,
	       .options = SOCKTAB_OPT_CLOEXEC,
	       .groups = row_at(run, 0)->group_count,
	       .tx = MOVED((uint64_t)number(run, 1), 1), .rx = MOVED((uint64_t)number(run, 2), 1));
	finish(run);
}
END_TEST

START_TEST(packet_socket_on_the_loopback)
{
	struct run *run = start("packet_socket_on_the_loopback");

	if (skipped(run))
		return;
	reach(run, "created");
	expect(run, number(run, 0), .family = AF_PACKET, .type = SOCK_RAW,
	       .state = SOCKTAB_STATE_UNCONN);
	reach(run, "bound");
	expect(run, number(run, 0), .family = AF_PACKET, .type = SOCK_RAW,
	       .state = SOCKTAB_STATE_UNCONN, .times = BOUND);
	finish(run);
}
END_TEST

START_TEST(raw_icmp)
{
	struct run *run = start("raw_icmp");

	if (skipped(run))
		return;
	reach(run, "pinged");
	expect(run, number(run, 0), .type = SOCK_RAW, .protocol = IPPROTO_ICMP,
	       .state = SOCKTAB_STATE_UNCONN, .tx = MOVED(8, 1), .rx = MOVED(28, 1), .peers = 1);
	finish(run);
}
END_TEST

START_TEST(vsock_bound)
{
	struct run *run = start("vsock_bound");

	if (skipped(run))
		return;
	reach(run, "bound");
	expect(run, number(run, 0), .family = AF_VSOCK, .state = SOCKTAB_STATE_UNCONN,
	       .times = BOUND);
	finish(run);
}
END_TEST

START_TEST(socket_of_an_unspelt_family)
{
	struct run *run = start("socket_of_an_unspelt_family");

	if (skipped(run))
		return;
	reach(run, "created");
	expect(run, number(run, 0), .family = number(run, 1), .type = number(run, 2),
	       .state = SOCKTAB_STATE_UNCONN);
	finish(run);
}
END_TEST

START_TEST(calls_by_number)
{
	struct run *run = start("calls_by_number");
	const struct socktab_row *server, *accepted;

	reach(run, "open");
	server = expect(run, number(run, 0), LISTENER, .backlog = 6, .accepted = 1,
			.options = SOCKTAB_OPT_CLOEXEC);
	expect(run, number(run, 1), CLIENT,
	       .tx = MOVED(7, 2));
	accepted = expect(run, number(run, 2), .origin = SOCKTAB_ORIGIN_ACCEPT,
			  .state = SOCKTAB_STATE_ESTAB, .parent = server->id, .holders = 2,
			  .options = SOCKTAB_OPT_NONBLOCK, .rx = MOVED(4, 1));
	expect(run, number(run, 3), .origin = SOCKTAB_ORIGIN_DUP, .state = SOCKTAB_STATE_ESTAB,
	       .parent = accepted->id, .holders = 2, .options = SOCKTAB_OPT_NONBLOCK);
	reach(run, "closed");
	expect(run, number(run, 1), .state = SOCKTAB_STATE_SHUT_WR,
	       .times = CONNECT | CONNECTED | SHUT, .tx = MOVED(7, 2));
	expect_none(run, run->pid, number(run, 3));
	finish(run);
}
END_TEST

START_TEST(adopted_when_first_used)
{
	struct run *run = start("adopted_when_first_used");
	const struct socktab_row *first;

	reach(run, "adopted");
	first = expect(run, number(run, 0), .origin = SOCKTAB_ORIGIN_ADOPTED, .type = SOCK_DGRAM,
		       .protocol = IPPROTO_UDP, .state = SOCKTAB_STATE_UNCONN, .holders = 2);
	expect(run, number(run, 1), .origin = SOCKTAB_ORIGIN_DUP, .type = SOCK_DGRAM,
	       .protocol = IPPROTO_UDP, .state = SOCKTAB_STATE_UNCONN, .parent = first->id,
	       .holders = 2);
	expect(run, number(run, 2), .origin = SOCKTAB_ORIGIN_ADOPTED, .protocol = IPPROTO_TCP,
	       .state = SOCKTAB_STATE_UNCONN,
	       .rx = { .calls = 1, .errors = 1, .error = ENOTCONN });
	reach(run, "reused");	/* that it was closed was only found now */
	expect(run, number(run, 0), .state = SOCKTAB_STATE_UNCONN);
	expect(run, number(run, 0), .origin = SOCKTAB_ORIGIN_ADOPTED, .protocol = IPPROTO_TCP,
	       .closer = SOCKTAB_CLOSER_UNSEEN,
	       .rx = { .calls = 1, .errors = 1, .error = ENOTCONN });
	finish(run);
}
END_TEST

START_TEST(sockets_inside_libc)
{
	struct run *run = start("sockets_inside_libc");
	const struct socktab_row *row;

	if (skipped(run))
		return;
	reach(run, "bound");
	row = row_at(run, 0);
	ck_assert_int_eq(row->origin, SOCKTAB_ORIGIN_SOCKET);
	ck_assert_int_gt(socktab_address_port(&row->local), 0);
	ck_assert_int_lt(socktab_address_port(&row->local), 1024);
	finish(run);
}
END_TEST

START_TEST(creation_that_fails)
{
	struct run *run = start("creation_that_fails");

	reach(run, "none");
	ck_assert_uint_eq(process_of(run, run->pid)->open, 1);
	ck_assert_uint_eq(socktab_row_count(run->table), 1);
	expect(run, number(run, 0), LISTENER,
	       .backlog = 1);
	finish(run);
}
END_TEST

START_TEST(flags_of_creation)
{
	struct run *run = start("flags_of_creation");

	reach(run, "open");	/* that each row has its flags is held against the kernel */
	for (size_t i = 0; i < socktab_row_count(run->table); i++) {
		const struct socktab_row *row = socktab_row(run->table, i);
		const unsigned both = SOCKTAB_OPT_CLOEXEC | SOCKTAB_OPT_NONBLOCK;

		ck_assert_uint_eq(row->options_known & both, both);
	}
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, unix_path_of_108_bytes);
	tcase_add_test(tcase, unix_abstract_with_nuls);
	tcase_add_test(tcase, unix_address_of_the_kernels_choice);
	tcase_add_test(tcase, socketpair_of_every_type);
	tcase_add_test(tcase, netlink_route);
	tcase_add_test(tcase, packet_socket_on_the_loopback);
	tcase_add_test(tcase, raw_icmp);
	tcase_add_test(tcase, vsock_bound);
	tcase_add_test(tcase, socket_of_an_unspelt_family);
	tcase_add_test(tcase, calls_by_number);
	tcase_add_test(tcase, adopted_when_first_used);
	tcase_add_test(tcase, sockets_inside_libc);
	tcase_add_test(tcase, creation_that_fails);
	tcase_add_test(tcase, flags_of_creation);
}

int main(void)
{
	return suite_run("create", fill);
}
