/* SPDX-License-Identifier: MIT
 *
 * Servers: bind, listen and accept, step by step and in their odd ways.
 */
#include <check.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

START_TEST(tcp_server_inet)
{
	struct run *run = start("tcp_server_inet");
	const struct socktab_row *server, *client, *accepted;

	reach(run, "created");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_UNCONN);
	reach(run, "bound");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_UNCONN, .times = BOUND);
	reach(run, "listening");
	expect(run, number(run, 0), LISTENER,
	       .backlog = 7);
	reach(run, "connected");
	expect(run, number(run, 1), .protocol = IPPROTO_TCP, CLIENT);
	reach(run, "accepted");
	server = expect(run, number(run, 0), LISTENER, .backlog = 7, .accepted = 1);
	accepted = expect(run, number(run, 2), .origin = SOCKTAB_ORIGIN_ACCEPT,
			  .state = SOCKTAB_STATE_ESTAB, .parent = server->id);
	client = row_at(run, 1);
	ck_assert_int_eq(client->local.len, accepted->peer.len);
	ck_assert_mem_eq(&client->local.sa, &accepted->peer.sa, client->local.len);
	ck_assert_mem_eq(&accepted->local.sa, &server->local.sa, server->local.len);
	reach(run, "exchanged");
	expect(run, number(run, 1), .protocol = IPPROTO_TCP, CLIENT, .tx = MOVED(5, 1),
	       .rx = MOVED(2, 1));
	reach(run, "closed");
	for (int i = 0; i < 3; i++)
		expect_none(run, run->pid, number(run, i));
	expect(run, number(run, 0), .closer = SOCKTAB_CLOSER_CLOSE, .times = BOUND | LISTENED,
	       .backlog = 7, .accepted = 1);
	expect(run, number(run, 1), .protocol = IPPROTO_TCP, .closer = SOCKTAB_CLOSER_CLOSE,
	       .times = CONNECT | CONNECTED, .tx = MOVED(5, 1), .rx = MOVED(2, 1));
	finish(run);
}
END_TEST

START_TEST(tcp_server_inet6)
{
	struct run *run = start("tcp_server_inet6");
	const struct socktab_row *server;

	if (skipped(run))
		return;
	reach(run, "accepted");
	server = expect(run, number(run, 0), .family = AF_INET6, LISTENER, .backlog = 1,
			.accepted = 1,
			.options = SOCKTAB_OPT_V6ONLY);
	expect(run, number(run, 1), .family = AF_INET6, CLIENT);
	expect(run, number(run, 2), .family = AF_INET6, .origin = SOCKTAB_ORIGIN_ACCEPT,
	       .state = SOCKTAB_STATE_ESTAB, .parent = server->id,
	       .options = row_at(run, 2)->options
			  & SOCKTAB_OPT_V6ONLY);
	finish(run);
}
END_TEST

START_TEST(tcp_v4_mapped)
{
	struct run *run = start("tcp_v4_mapped");
	const struct socktab_row *accepted;

	if (skipped(run))
		return;
	reach(run, "accepted");
	accepted = row_at(run, 2);
	ck_assert_int_eq(accepted->family, AF_INET6);
	ck_assert_int_eq(accepted->peer.sa.sa_family, AF_INET6);
	ck_assert(IN6_IS_ADDR_V4MAPPED(
		&((const struct sockaddr_in6 *)&accepted->peer.storage)->sin6_addr));
	expect(run, number(run, 1), CLIENT);
	finish(run);
}
END_TEST

START_TEST(listen_without_bind)
{
	struct run *run = start("listen_without_bind");
	const struct socktab_row *row;

	reach(run, "listening");
	row = expect(run, number(run, 0), LISTENER, .backlog = 3);
	ck_assert_int_gt(socktab_address_port(&row->local), 0);
	finish(run);
}
END_TEST

START_TEST(listen_again_with_another_backlog)
{
	struct run *run = start("listen_again_with_another_backlog");

	reach(run, "first");
	expect(run, number(run, 0), LISTENER,
	       .backlog = 3);
	reach(run, "second");
	expect(run, number(run, 0), LISTENER,
	       .backlog = 9);
	finish(run);
}
END_TEST

START_TEST(accept_counts)
{
	struct run *run = start("accept_counts");
	const struct socktab_row *server;

	reach(run, "accepted");
	server = expect(run, number(run, 0), LISTENER, .backlog = 4, .accepted = 3,
			.options = SOCKTAB_OPT_NONBLOCK);
	for (int i = 1; i <= 3; i++)
		expect(run, number(run, i), .origin = SOCKTAB_ORIGIN_ACCEPT,
		       .state = SOCKTAB_STATE_ESTAB, .parent = server->id);
	finish(run);
}
END_TEST

START_TEST(accept4_with_flags)
{
	static const unsigned options[4] = { 0, SOCKTAB_OPT_NONBLOCK, SOCKTAB_OPT_CLOEXEC,
					     SOCKTAB_OPT_NONBLOCK | SOCKTAB_OPT_CLOEXEC };
	struct run *run = start("accept4_with_flags");
	const struct socktab_row *server;

	reach(run, "accepted");
	server = expect(run, number(run, 0), LISTENER, .backlog = 4, .accepted = 4);
	for (int i = 0; i < 4; i++)
		expect(run, number(run, i + 1), .origin = SOCKTAB_ORIGIN_ACCEPT,
		       .state = SOCKTAB_STATE_ESTAB, .parent = server->id,
		       .options = options[i]);
	finish(run);
}
END_TEST

START_TEST(accept_with_a_short_buffer)
{
	struct run *run = start("accept_with_a_short_buffer");
	const struct socktab_row *server;

	reach(run, "accepted");
	server = expect(run, number(run, 0), LISTENER, .backlog = 4, .accepted = 9);
	expect(run, number(run, 1), .origin = SOCKTAB_ORIGIN_ACCEPT,
	       .state = SOCKTAB_STATE_ESTAB, .parent = server->id);
	ck_assert_uint_eq(closed_rows(run, run->pid, number(run, 1)), 8);
	for (size_t i = 0; i < socktab_row_count(run->table); i++) {
		const struct socktab_row *row = socktab_row(run->table, i);

		if (row->origin != SOCKTAB_ORIGIN_ACCEPT)
			continue;
		ck_assert_int_eq(row->peer.len, sizeof(struct sockaddr_in));
		ck_assert(!row->peer.cut);
		ck_assert_int_gt(socktab_address_port(&row->peer), 0);
	}
	finish(run);
}
END_TEST

START_TEST(accept_with_a_bad_pointer)
{
	struct run *run = start("accept_with_a_bad_pointer");

	reach(run, "failed");
	expect(run, number(run, 0), LISTENER,
	       .backlog = 4);
	finish(run);
}
END_TEST

START_TEST(unix_stream_with_a_path)
{
	char path[200];
	struct run *run;
	const struct socktab_row *server;

	snprintf(path, sizeof(path), "%s/.path", suite_directory());
	run = start_with(&(struct launch){ .program = "unix_stream_with_a_path",
					   .arguments = { path } });
	reach(run, "bound");
	expect(run, number(run, 0), .family = AF_UNIX, .state = SOCKTAB_STATE_UNCONN,
	       .times = BOUND);
	reach(run, "accepted");
	server = expect(run, number(run, 0), .family = AF_UNIX, LISTENER, .backlog = 2,
			.accepted = 1);
	expect(run, number(run, 1), .family = AF_UNIX, CLIENT, .tx = MOVED(1, 1));
	expect(run, number(run, 2), .family = AF_UNIX, .origin = SOCKTAB_ORIGIN_ACCEPT,
	       .state = SOCKTAB_STATE_ESTAB, .parent = server->id);
	ck_assert_str_eq(((const struct sockaddr_un *)&server->local.storage)->sun_path, path);
	finish(run);
}
END_TEST

START_TEST(mptcp_server)
{
	struct run *run = start("mptcp_server");
	const struct socktab_row *server;

	if (skipped(run))
		return;
	reach(run, "accepted");
	server = expect(run, number(run, 0), .protocol = IPPROTO_MPTCP,
			LISTENER, .backlog = 2,
			.accepted = 1);
	expect(run, number(run, 1), .protocol = IPPROTO_MPTCP, CLIENT);
	expect(run, number(run, 2), .origin = SOCKTAB_ORIGIN_ACCEPT, .protocol = IPPROTO_MPTCP,
	       .state = SOCKTAB_STATE_ESTAB, .parent = server->id);
	finish(run);
}
END_TEST

START_TEST(reuseport_by_two_listeners)
{
	struct run *run = start("reuseport_by_two_listeners");

	reach(run, "listening");
	for (int i = 0; i < 2; i++)
		expect(run, number(run, i), LISTENER, .backlog = (uint32_t)i + 1,
		       .options = SOCKTAB_OPT_REUSEPORT);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, tcp_server_inet);
	tcase_add_test(tcase, tcp_server_inet6);
	tcase_add_test(tcase, tcp_v4_mapped);
	tcase_add_test(tcase, listen_without_bind);
	tcase_add_test(tcase, listen_again_with_another_backlog);
	tcase_add_test(tcase, accept_counts);
	tcase_add_test(tcase, accept4_with_flags);
	tcase_add_test(tcase, accept_with_a_short_buffer);
	tcase_add_test(tcase, accept_with_a_bad_pointer);
	tcase_add_test(tcase, unix_stream_with_a_path);
	tcase_add_test(tcase, mptcp_server);
	tcase_add_test(tcase, reuseport_by_two_listeners);
}

int main(void)
{
	return suite_run("serve", fill);
}
