/* SPDX-License-Identifier: MIT
 *
 * The life of a connection: connecting, connected, refused, interrupted, taken apart.
 */
#include <check.h>
#include <errno.h>

#include "agree.h"
#include "expect.h"
#include "suite.h"

#define CONNECTING \
	.state = SOCKTAB_STATE_SYN_SENT, .options = SOCKTAB_OPT_NONBLOCK, .times = CONNECT
#define CONNECTED_LATER \
	.state = SOCKTAB_STATE_ESTAB, .options = SOCKTAB_OPT_NONBLOCK, .times = CONNECT | CONNECTED

/* A connect in progress is found to be complete by `program`'s means. */
static void seen(const char *program)
{
	struct run *run = start(program);

	reach(run, "connecting");
	expect(run, number(run, 1), CONNECTING);
	reach(run, "connected");
	expect(run, number(run, 1), CONNECTED_LATER);
	finish(run);
}

START_TEST(nonblocking_connect_seen_by_poll)
{
	seen("nonblocking_connect_seen_by_poll");
}
END_TEST

START_TEST(nonblocking_connect_seen_by_select)
{
	seen("nonblocking_connect_seen_by_select");
}
END_TEST

START_TEST(nonblocking_connect_seen_by_epoll)
{
	seen("nonblocking_connect_seen_by_epoll");
}
END_TEST

START_TEST(nonblocking_connect_seen_by_getpeername)
{
	seen("nonblocking_connect_seen_by_getpeername");
}
END_TEST

START_TEST(nonblocking_connect_seen_by_a_second_connect)
{
	struct run *run = start("nonblocking_connect_seen_by_a_second_connect");
	int64_t connected;

	reach(run, "connecting");
	expect(run, number(run, 1), CONNECTING);
	reach(run, "connected");
	connected = expect(run, number(run, 1), CONNECTED_LATER)->connected_ns;
	reach(run, "still");
	ck_assert_int_eq(expect(run, number(run, 1), CONNECTED_LATER)->connected_ns, connected);
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_seen_by_the_first_send)
{
	struct run *run = start("nonblocking_connect_seen_by_the_first_send");

	reach(run, "connecting");
	expect(run, number(run, 1), CONNECTING);
	reach(run, "connected");
	expect(run, number(run, 1), CONNECTED_LATER, .tx = MOVED(4, 1));
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_seen_by_masked_waits)
{
	struct run *run = start("nonblocking_connect_seen_by_masked_waits");

	reach(run, "connecting");
	for (int i = 0; i < 3; i++)
		expect(run, number(run, i), CONNECTING);
	reach(run, "connected");
	for (int i = 0; i < 3; i++)
		expect(run, number(run, i), CONNECTED_LATER);
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_to_a_full_queue)
{
	struct run *run = start("nonblocking_connect_to_a_full_queue");
	const struct socktab_row *row;
	int64_t began;

	reach(run, "connecting");
	row = expect(run, number(run, 1), CONNECTING, .tx = { .calls = 1, .again = 1 });
	began = row->connect_ns;
	reach(run, "connected");
	row = expect(run, number(run, 1), CONNECTED_LATER, .tx = { .calls = 1, .again = 1 });
	ck_assert_int_eq(row->connect_ns, began);
	/* the SYN came again a second after it was dropped */
	ck_assert_int_gt(row->connected_ns - row->connect_ns, 500000000);
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_refused)
{
	struct run *run = start("nonblocking_connect_refused");

	reach(run, "connecting");
	expect(run, number(run, 0), CONNECTING);
	reach(run, "refused");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_FAILED, .connect_errno = ECONNREFUSED,
	       .options = SOCKTAB_OPT_NONBLOCK, .times = CONNECT | CONNECTED);
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_refused_seen_by_send)
{
	struct run *run = start("nonblocking_connect_refused_seen_by_send");

	reach(run, "refused");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_FAILED, .connect_errno = ECONNREFUSED,
	       .options = SOCKTAB_OPT_NONBLOCK, .times = CONNECT | CONNECTED,
	       .tx = { .calls = 1, .errors = 1, .error = ECONNREFUSED });
	finish(run);
}
END_TEST

START_TEST(nonblocking_connect_refused_seen_by_connect)
{
	struct run *run = start("nonblocking_connect_refused_seen_by_connect");

	reach(run, "refused");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_FAILED, .connect_errno = ECONNREFUSED,
	       .options = SOCKTAB_OPT_NONBLOCK, .times = CONNECT | CONNECTED);
	finish(run);
}
END_TEST

START_TEST(blocking_connect_refused)
{
	struct run *run = start("blocking_connect_refused");

	reach(run, "refused");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_FAILED, .connect_errno = ECONNREFUSED,
	       .times = CONNECT | CONNECTED);
	reach(run, "connected");
	expect(run, number(run, 0), CLIENT);
	finish(run);
}
END_TEST

START_TEST(connect_that_waits)
{
	struct run *run = start("connect_that_waits");

	if (skipped(run))
		return;
	reach(run, "waiting");
	expect(run, number(run, 1), .state = SOCKTAB_STATE_SYN_SENT, .times = CONNECT);
	reach(run, "connected");
	expect(run, number(run, 1), CLIENT);
	finish(run);
}
END_TEST

START_TEST(connect_interrupted)
{
	struct run *run = start("connect_interrupted");

	reach(run, "interrupted");
	expect(run, number(run, 1), .state = SOCKTAB_STATE_SYN_SENT, .times = CONNECT);
	reach(run, "connected");
	expect(run, number(run, 1), CLIENT);
	finish(run);
}
END_TEST

START_TEST(connect_with_a_send_timeout)
{
	struct run *run = start("connect_with_a_send_timeout");

	reach(run, "connecting");
	expect(run, number(run, 1), .state = SOCKTAB_STATE_SYN_SENT, .times = CONNECT,
	       .sndtimeo_ms = 100);
	finish(run);
}
END_TEST

START_TEST(connect_again_when_connected)
{
	struct run *run = start("connect_again_when_connected");

	reach(run, "connected");
	expect(run, number(run, 0), CLIENT);
	finish(run);
}
END_TEST

START_TEST(tcp_disconnect)
{
	struct run *run = start("tcp_disconnect");
	const struct socktab_row *row;

	reach(run, "connected");
	expect(run, number(run, 0), CLIENT);
	reach(run, "disconnected");
	row = row_at(run, 0);
	ck_assert_int_eq(row->state, SOCKTAB_STATE_UNCONN);
	ck_assert_int_eq(row->peer.len, 0);
	reach(run, "connected");
	row = row_at(run, 0);
	ck_assert_int_eq(row->state, SOCKTAB_STATE_ESTAB);
	ck_assert_int_gt(row->peer.len, 0);
	finish(run);
}
END_TEST

START_TEST(connect_by_sendto)
{
	struct run *run = start("connect_by_sendto");
	const struct socktab_row *row;

	if (skipped(run))
		return;
	reach(run, "connected");
	row = row_at(run, 0);
	ck_assert_uint_eq(row->tx.bytes, 4);
	ck_assert(row->state == SOCKTAB_STATE_ESTAB || row->state == SOCKTAB_STATE_SYN_SENT);
	ck_assert_int_ne(row->connect_ns, 0);
	finish(run);
}
END_TEST

START_TEST(unix_connect_to_a_full_queue)
{
	struct run *run = start("unix_connect_to_a_full_queue");
	const struct socktab_row *row;

	reach(run, "crowded");
	row = row_at(run, 0);
	ck_assert(row->state == SOCKTAB_STATE_UNCONN || row->state == SOCKTAB_STATE_FAILED);
	reach(run, "connected");
	expect(run, number(run, 0), .family = AF_UNIX, CONNECTED_LATER);
	finish(run);
}
END_TEST

START_TEST(unix_connect_to_nobody)
{
	struct run *run = start("unix_connect_to_nobody");

	reach(run, "failed");
	expect(run, number(run, 0), .family = AF_UNIX, .state = SOCKTAB_STATE_FAILED,
	       .connect_errno = ENOENT, .times = CONNECT | CONNECTED);
	finish(run);
}
END_TEST

START_TEST(shutdown_of_each_way)
{
	static const enum socktab_state half[3] = { SOCKTAB_STATE_SHUT_RD, SOCKTAB_STATE_SHUT_WR,
						    SOCKTAB_STATE_SHUT };
	const unsigned times = CONNECT | CONNECTED | SHUT;
	struct run *run = start("shutdown_of_each_way");

	reach(run, "half");
	for (int i = 0; i < 3; i++)
		expect(run, number(run, i), .state = half[i], .times = times);
	/* its peer shut down; this end did not */
	ck_assert_int_eq(row_at(run, 3)->state,
			 SOCKTAB_STATE_ESTAB);
	reach(run, "whole");
	for (int i = 0; i < 2; i++)
		expect(run, number(run, i), .state = SOCKTAB_STATE_SHUT, .times = times);
	finish(run);
}
END_TEST

START_TEST(shutdown_of_a_listener)
{
	struct run *run = start("shutdown_of_a_listener");

	reach(run, "shut");
	expect(run, number(run, 0), .state = SOCKTAB_STATE_UNCONN, .backlog = 2,
	       .times = BOUND | LISTENED | SHUT);
	finish(run);
}
END_TEST

START_TEST(epoll_with_the_same_data)
{
	struct run *run = start("epoll_with_the_same_data");

	reach(run, "connecting");
	for (int i = 0; i < 3; i++)
		expect(run, number(run, i), CONNECTING);
	finish(run);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, nonblocking_connect_seen_by_poll);
	tcase_add_test(tcase, nonblocking_connect_seen_by_select);
	tcase_add_test(tcase, nonblocking_connect_seen_by_epoll);
	tcase_add_test(tcase, nonblocking_connect_seen_by_getpeername);
	tcase_add_test(tcase, nonblocking_connect_seen_by_a_second_connect);
	tcase_add_test(tcase, nonblocking_connect_seen_by_the_first_send);
	tcase_add_test(tcase, nonblocking_connect_to_a_full_queue);
	tcase_add_test(tcase, nonblocking_connect_refused);
	tcase_add_test(tcase, nonblocking_connect_refused_seen_by_send);
	tcase_add_test(tcase, nonblocking_connect_refused_seen_by_connect);
	tcase_add_test(tcase, blocking_connect_refused);
	tcase_add_test(tcase, connect_that_waits);
	tcase_add_test(tcase, connect_interrupted);
	tcase_add_test(tcase, connect_with_a_send_timeout);
	tcase_add_test(tcase, connect_again_when_connected);
	tcase_add_test(tcase, tcp_disconnect);
	tcase_add_test(tcase, connect_by_sendto);
	tcase_add_test(tcase, unix_connect_to_a_full_queue);
	tcase_add_test(tcase, unix_connect_to_nobody);
	tcase_add_test(tcase, shutdown_of_each_way);
	tcase_add_test(tcase, shutdown_of_a_listener);
	tcase_add_test(tcase, nonblocking_connect_seen_by_masked_waits);
	tcase_add_test(tcase, epoll_with_the_same_data);
}

int main(void)
{
	return suite_run("connect", fill);
}
