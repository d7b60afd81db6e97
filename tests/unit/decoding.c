/* SPDX-License-Identifier: MIT
 *
 * What a row or a slot holds arrives, each fact in its field.
 */
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

static void begin(void)
{
	forge_begin(&forge, &forge_small);
	forge_attach(&forge);
	table = NULL;
}

static void end(void)
{
	socktab_close(table);
	forge_end(&forge);
}

static void read_table(void)
{
	socktab_close(table);
	forge_write(&forge, "table");
	table = forge_read(&forge);
	forge_walk(table);
}

static const struct socktab_row *only_row(void)
{
	read_table();
	ck_assert_uint_eq(socktab_row_count(table), 1);
	return socktab_row(table, 0);
}

START_TEST(identity_arrives)
{
	struct st_row *raw = forge_open(&forge, 0, 17);
	const struct socktab_row *row;

	raw->tid = 4242;
	raw->family = AF_INET6;
	raw->type = SOCK_RAW;
	raw->protocol = 58;
	raw->cookie = 0x1122334455667788;
	raw->inode = 987654321;
	raw->parent = ST_REF(3, 9);
	raw->pair = ST_REF(4, 8);
	raw->origin = ST_ORIGIN_ACCEPT;
	row = only_row();
	ck_assert_uint_eq(row->id, forge_row_id(&forge, raw));
	ck_assert_uint_eq(row->process, forge_process_id(&forge, 0));
	ck_assert_int_eq(row->pid, getpid());
	ck_assert_int_eq(row->fd, 17);
	ck_assert_int_eq(row->tid, 4242);
	ck_assert_int_eq(row->family, AF_INET6);
	ck_assert_int_eq(row->type, SOCK_RAW);
	ck_assert_int_eq(row->protocol, 58);
	ck_assert_uint_eq(row->cookie, 0x1122334455667788);
	ck_assert_uint_eq(row->inode, 987654321);
	ck_assert_uint_eq(row->parent, ST_REF(3, 9));
	ck_assert_uint_eq(row->pair, ST_REF(4, 8));
	ck_assert_int_eq(row->origin, SOCKTAB_ORIGIN_ACCEPT);
}
END_TEST

START_TEST(times_and_options_arrive)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	const struct socktab_row *row;

	raw->created_ns = 101, raw->changed_ns = 102, raw->bound_ns = 103, raw->listen_ns = 104;
	raw->connect_ns = 105, raw->connected_ns = 106, raw->shut_ns = 107, raw->closed_ns = 108;
	raw->options = ST_OPT_NODELAY | ST_OPT_CLOEXEC | ST_OPT_ASYNC | UINT64_C(1) << 40;
	raw->options_known = ST_OPT_NODELAY | ST_OPT_CLOEXEC | ST_OPT_LINGER | UINT64_C(1) << 40;
	raw->sndbuf = 201, raw->rcvbuf = 202, raw->sndtimeo_ms = 203, raw->rcvtimeo_ms = 204;
	raw->linger_s = 205, raw->backlog = 206, raw->accepted = 207;
	raw->connect_errno = ECONNREFUSED;
	raw->zerocopy_bytes = 208;
	raw->flags = ST_ROW_STALE;
	row = only_row();
	ck_assert(row->created_ns == 101 && row->changed_ns == 102 && row->bound_ns == 103 &&
		  row->listen_ns == 104 && row->connect_ns == 105 && row->connected_ns == 106 &&
		  row->shut_ns == 107 && row->closed_ns == 108);
	/* Bits that are not known to be so, or to this library, are left out. */
	ck_assert_uint_eq(row->options, SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(row->options_known,
			  SOCKTAB_OPT_NODELAY | SOCKTAB_OPT_CLOEXEC | SOCKTAB_OPT_LINGER);
	ck_assert(row->sndbuf == 201 && row->rcvbuf == 202 && row->sndtimeo_ms == 203 &&
		  row->rcvtimeo_ms == 204 && row->linger_s == 205 && row->backlog == 206 &&
		  row->accepted == 207 && row->zerocopy_bytes == 208);
	ck_assert_int_eq(row->connect_errno, ECONNREFUSED);
	ck_assert(row->stale && !row->torn);
}
END_TEST

START_TEST(the_option_bits_are_the_same_in_both_headers)
{
	ck_assert_uint_eq(ST_OPT_NODELAY, SOCKTAB_OPT_NODELAY);
	ck_assert_uint_eq(ST_OPT_KEEPALIVE, SOCKTAB_OPT_KEEPALIVE);
	ck_assert_uint_eq(ST_OPT_REUSEADDR, SOCKTAB_OPT_REUSEADDR);
	ck_assert_uint_eq(ST_OPT_REUSEPORT, SOCKTAB_OPT_REUSEPORT);
	ck_assert_uint_eq(ST_OPT_BROADCAST, SOCKTAB_OPT_BROADCAST);
	ck_assert_uint_eq(ST_OPT_LINGER, SOCKTAB_OPT_LINGER);
	ck_assert_uint_eq(ST_OPT_NONBLOCK, SOCKTAB_OPT_NONBLOCK);
	ck_assert_uint_eq(ST_OPT_CLOEXEC, SOCKTAB_OPT_CLOEXEC);
	ck_assert_uint_eq(ST_OPT_V6ONLY, SOCKTAB_OPT_V6ONLY);
	ck_assert_uint_eq(ST_OPT_CORK, SOCKTAB_OPT_CORK);
	ck_assert_uint_eq(ST_OPT_PASSCRED, SOCKTAB_OPT_PASSCRED);
	ck_assert_uint_eq(ST_OPT_ASYNC, SOCKTAB_OPT_ASYNC);
}
END_TEST

static void expect_counters(const struct socktab_counters *c, uint64_t base)
{
	ck_assert_uint_eq(c->bytes, base);
	ck_assert_uint_eq(c->calls, base + 1);
	ck_assert_uint_eq(c->again, base + 2);
	ck_assert_uint_eq(c->errors, base + 3);
	ck_assert_int_eq(c->last_ns, (int64_t)base + 6);
	ck_assert_int_eq(c->first_ns, (int64_t)base + 5);
	ck_assert_int_eq(c->last_errno, EPIPE);
	ck_assert_uint_eq(c->passed, base + 6);
	ck_assert_uint_eq(c->bulk_bytes, base + 7);
}

START_TEST(counters_arrive_and_are_summed_with_those_pushed_out)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	struct st_process *slot = forge_process(&forge, 0);
	const struct socktab_process *process;
	const struct socktab_row *row;

	raw->rx = (struct st_counters) { 500, 501, 502, 503, 506, 505, EPIPE, 506, 507 };
	raw->tx = (struct st_counters) { 700, 701, 702, 703, 706, 705, EPIPE, 706, 707 };
	forge_open(&forge, 0, 4)->life = ST_LIFE(1, ST_CLOSED);
	slot->totals = (struct st_totals) { 9, 8, 10000, 20000, 30000, 40000, 50000, 0 };
	read_table();
	row = socktab_row_by_id(table, forge_row_id(&forge, raw));
	expect_counters(&row->rx, 500);
	expect_counters(&row->tx, 700);
	process = socktab_process(table, 0);
	ck_assert_uint_eq(process->open, 1);
	ck_assert_uint_eq(process->totals.opened, 9);
	ck_assert_uint_eq(process->totals.closed, 8);
	ck_assert_uint_eq(process->totals.rx_bytes, 10500);
	ck_assert_uint_eq(process->totals.tx_bytes, 20700);
	ck_assert_uint_eq(process->totals.rx_calls, 30501);
	ck_assert_uint_eq(process->totals.tx_calls, 40701);
	ck_assert_uint_eq(process->totals.errors, 50000 + 503 + 703);
}
END_TEST

START_TEST(every_state_is_told_as_a_reader_knows_it)
{
	static const enum socktab_state expected[] = {
		SOCKTAB_STATE_UNKNOWN, SOCKTAB_STATE_UNCONN, SOCKTAB_STATE_UNCONN,
		SOCKTAB_STATE_LISTEN, SOCKTAB_STATE_SYN_SENT, SOCKTAB_STATE_ESTAB,
		SOCKTAB_STATE_SHUT_RD, SOCKTAB_STATE_SHUT_WR, SOCKTAB_STATE_SHUT,
		SOCKTAB_STATE_FAILED, SOCKTAB_STATE_UNKNOWN,
	};
	struct st_row *raw = forge_open(&forge, 0, 3);

	for (uint8_t state = 0; state < 11; state++) {
		raw->state = state;
		ck_assert_int_eq(only_row()->state, expected[state]);
	}
	raw->state = 255;
	ck_assert_int_eq(only_row()->state, SOCKTAB_STATE_UNKNOWN);
}
END_TEST

START_TEST(a_closed_row_keeps_its_last_values)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	struct sockaddr_storage address;
	const struct socktab_row *row;

	forge_inet(&address, "127.0.0.1", 80);
	forge_peer(raw, &address, sizeof(struct sockaddr_in));
	raw->state = ST_STATE_ESTAB;
	raw->life = ST_LIFE(1, ST_CLOSED);
	raw->closer = ST_CLOSER_DUP;
	raw->closer_tid = 77;
	raw->tcp = (struct st_tcp_final) { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0 };
	row = only_row();
	ck_assert(row->closed && !row->open);
	ck_assert_int_eq(row->state, SOCKTAB_STATE_CLOSED);
	ck_assert_int_eq(row->closer, SOCKTAB_CLOSER_DUP);
	ck_assert_int_eq(row->closer_tid, 77);
	ck_assert_int_eq(socktab_address_port(&row->peer), 80);
	ck_assert(row->tcp.state == 1 && row->tcp.rtt_us == 2 && row->tcp.rttvar_us == 3 &&
		  row->tcp.snd_cwnd == 4 && row->tcp.snd_mss == 5 &&
		  row->tcp.total_retrans == 6 && row->tcp.lost == 7 && row->tcp.unacked == 8 &&
		  row->tcp.bytes_acked == 9 && row->tcp.bytes_received == 10 &&
		  row->tcp.bytes_sent == 11 && row->tcp.segs_out == 12 &&
		  row->tcp.segs_in == 13 && row->tcp.notsent_bytes == 14);
	ck_assert_uint_eq(row->peers, 0);
}
END_TEST

START_TEST(words_out_of_range_are_harmless)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	const struct socktab_row *row;

	raw->origin = 200;
	raw->closer = 200;
	raw->created_ns = UINT64_MAX;
	raw->connect_errno = -5;
	raw->rx.last_errno = 70000;
	row = only_row();
	ck_assert_int_eq(row->origin, SOCKTAB_ORIGIN_UNKNOWN);
	ck_assert_int_eq(row->closer, SOCKTAB_CLOSER_OTHER);
	ck_assert_int_eq(row->created_ns, 0);
	ck_assert_int_eq(row->connect_errno, 0);
	ck_assert_int_eq(row->rx.last_errno, 0);
}
END_TEST

START_TEST(addresses_come_from_the_cells_that_are_current)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	struct sockaddr_storage address;
	const struct socktab_row *row;

	for (uint16_t port = 1; port <= 5; port++) {
		forge_inet(&address, "127.0.0.1", port);
		forge_local(raw, &address, sizeof(struct sockaddr_in));
		forge_inet(&address, "127.0.0.2", (uint16_t)(port + 100));
		forge_peer(raw, &address, sizeof(struct sockaddr_in));
	}
	row = only_row();
	ck_assert_int_eq(socktab_address_port(&row->local), 5);
	ck_assert_int_eq(socktab_address_port(&row->peer), 105);
	ck_assert_uint_eq(row->local.len, sizeof(struct sockaddr_in));
	ck_assert(!row->local.cut);
}
END_TEST

START_TEST(addresses_longer_than_a_cell_are_cut_and_say_so)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	struct sockaddr_storage address = { .ss_family = 38 };
	const struct socktab_row *row;

	forge_local(raw, &address, 128);
	forge_peer(raw, &address, ST_ADDRESS_MAX);
	row = only_row();
	ck_assert_uint_eq(row->local.len, ST_ADDRESS_MAX);
	ck_assert(row->local.cut);
	ck_assert_uint_eq(row->peer.len, ST_ADDRESS_MAX);
	ck_assert(!row->peer.cut);
	ck_assert_int_eq(row->local.sa.sa_family, 38);
}
END_TEST

START_TEST(cells_that_are_not_there_flag_the_row)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	const struct socktab_row *row;

	raw->cells = (uint64_t)5 << 32 | 0x5 << 8;
	row = only_row();
	ck_assert(row->torn);
	ck_assert_uint_eq(row->local.len, 0);
	raw->cells = (uint64_t)5 << 32 | 0xf << 12;
	ck_assert(only_row()->torn);
}
END_TEST

START_TEST(rows_that_are_free_or_being_filled_are_skipped)
{
	forge_open(&forge, 0, 3)->life = ST_LIFE(2, ST_FILLING);
	forge_open(&forge, 0, 4)->life = ST_LIFE(2, ST_FREE);
	forge_open(&forge, 0, 5)->life = ST_LIFE(2, 99);
	forge_open(&forge, 0, 6);
	ck_assert_int_eq(only_row()->fd, 6);
}
END_TEST

START_TEST(rows_of_a_forgotten_process_are_skipped)
{
	forge_attach(&forge);
	forge_open(&forge, 0, 3);
	forge_open(&forge, 0, 4)->owner = forge_process_id(&forge, 1);
	forge_open(&forge, 0, 5)->owner = 0;
	forge_open(&forge, 0, 6)->owner = UINT64_MAX;
	forge_open(&forge, 1, 7);
	forge_process(&forge, 1)->life = ST_LIFE(2, ST_OPEN);
	ck_assert_int_eq(only_row()->fd, 3);
	ck_assert_uint_eq(socktab_process_count(table), 2);
}
END_TEST

START_TEST(rows_of_a_dead_process_outlive_its_hold_on_their_chunk)
{
	const struct socktab_row *row;

	forge_attach(&forge);
	forge_open(&forge, 0, 3);
	forge_open(&forge, 0, 4);
	forge_process(&forge, 0)->life = ST_LIFE(1, ST_CLOSED);
	forge_chunk(&forge, 0)->owner = forge_process_id(&forge, 1);
	forge_row(&forge, 1)->owner = forge_process_id(&forge, 1);
	read_table();
	ck_assert_uint_eq(socktab_row_count(table), 2);
	row = socktab_row(table, 0);
	ck_assert_int_eq(row->fd, 3);
	ck_assert_uint_eq(row->process, forge_process_id(&forge, 0));
	ck_assert_int_eq(row->life, SOCKTAB_EXITED);
	row = socktab_row(table, 1);
	ck_assert_uint_eq(row->process, forge_process_id(&forge, 1));
	ck_assert(row->open);
	forge_chunk(&forge, 0)->owner = 0;
	read_table();
	ck_assert_uint_eq(socktab_row_count(table), 0);
}
END_TEST

START_TEST(slots_that_are_being_filled_are_skipped)
{
	forge_attach(&forge);
	forge_open(&forge, 1, 3);
	forge_process(&forge, 1)->life = ST_LIFE(1, ST_FILLING);
	read_table();
	ck_assert_uint_eq(socktab_process_count(table), 1);
	ck_assert_uint_eq(socktab_row_count(table), 0);
}
END_TEST

START_TEST(a_process_is_told_whole)
{
	struct st_process *slot = forge_process(&forge, 0);
	const struct socktab_process *process;

	slot->parent = ST_REF(3, 2);
	slot->netns = 4026531840;
	slot->execs = 2;
	slot->flags = ST_PROCESS_QUIET | ST_PROCESS_UNSHARED;
	slot->image_ns = slot->attached_ns + 5;
	memcpy(slot->comm, "sixteen_bytes_no", 16);
	memcpy(slot->cmdline, "prog\0-x\0a b\0", 12);
	read_table();
	process = socktab_process(table, 0);
	ck_assert_uint_eq(process->id, forge_process_id(&forge, 0));
	ck_assert_uint_eq(process->parent, ST_REF(3, 2));
	ck_assert_int_eq(process->pid, getpid());
	ck_assert_int_eq(process->ppid, getppid());
	ck_assert_uint_eq(process->netns, 4026531840);
	ck_assert_uint_eq(process->execs, 2);
	ck_assert(process->quiet && process->unshared && !process->no_rows && !process->word32);
	ck_assert_str_eq(process->comm, "sixteen_bytes_n");
	ck_assert_str_eq(process->cmdline, "prog -x a b");
	ck_assert_int_eq(process->image_ns, process->attached_ns + 5);
	memset(slot->cmdline, 'x', sizeof slot->cmdline);
	slot->flags = ST_PROCESS_NO_ROWS | ST_PROCESS_WORD32;
	read_table();
	process = socktab_process(table, 0);
	ck_assert_uint_eq(strlen(process->cmdline), 255);
	ck_assert(process->no_rows && process->word32 && !process->quiet);
}
END_TEST

START_TEST(losses_of_the_session_and_of_its_processes_are_summed)
{
	struct socktab_losses losses;

	forge_attach(&forge);
	for (int kind = 0; kind < ST_LOST_MAX; kind++) {
		forge_header(&forge)->lost[kind] = 1u << kind;
		forge_process(&forge, 0)->lost[kind] = 1000;
	}
	forge_process(&forge, 1)->lost[ST_LOST_FD] = 100000;
	read_table();
	losses = socktab_losses(table);
	ck_assert_uint_eq(losses.rows, 1001);
	ck_assert_uint_eq(losses.memory, 1002);
	ck_assert_uint_eq(losses.fd, 101004);
	ck_assert_uint_eq(losses.address, 1008);
	ck_assert_uint_eq(losses.environment, 1016);
	ck_assert_uint_eq(losses.unshared, 1032);
	ck_assert_uint_eq(losses.processes, 1064);
	ck_assert_uint_eq(losses.quiet, 1128);
	ck_assert_uint_eq(losses.other, 8 * 1000 + 0xff00);
	ck_assert_uint_eq(socktab_losses_sum(&losses), 0xffff + 16 * 1000 + 100000);
	ck_assert_uint_eq(socktab_process(table, 1)->losses.fd, 100000);
	ck_assert_uint_eq(socktab_losses_sum(&socktab_process(table, 1)->losses), 100000);
}
END_TEST

START_TEST(processes_come_in_order_of_attaching_and_rows_in_order_of_opening)
{
	static const int expected[] = { 6, 7, 5, 3, 4 };

	forge_attach(&forge);
	forge_process(&forge, 1)->attached_ns = forge_process(&forge, 0)->attached_ns - 1000;
	forge_open(&forge, 0, 3)->created_ns = 2000;
	forge_open(&forge, 0, 4)->created_ns = 2000;
	forge_open(&forge, 1, 7)->created_ns = 3000;
	forge_open(&forge, 0, 5)->created_ns = 1000;
	forge_open(&forge, 1, 6)->created_ns = 2999;
	read_table();
	ck_assert_uint_eq(socktab_process(table, 0)->id, forge_process_id(&forge, 1));
	ck_assert_uint_eq(socktab_row_count(table), 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_int_eq(socktab_row(table, i)->fd, expected[i]);
}
END_TEST

START_TEST(ids_that_are_not_there_find_nothing)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	uint64_t id = forge_row_id(&forge, raw);

	read_table();
	ck_assert_ptr_nonnull(socktab_row_by_id(table, id));
	ck_assert_ptr_null(socktab_row_by_id(table, id + 1));
	ck_assert_ptr_null(socktab_row_by_id(table, 0));
	ck_assert_ptr_null(socktab_row_by_id(table, UINT64_MAX));
	ck_assert_ptr_null(socktab_process_by_id(table, 0));
	ck_assert_ptr_null(socktab_process_by_id(table, forge_process_id(&forge, 0) + 1));
}
END_TEST

static void put_peer(struct st_peer *peer, uint16_t seq, const char *host, uint16_t port)
{
	struct sockaddr_storage address;

	forge_inet(&address, host, port);
	memcpy(peer->bytes, &address, sizeof(struct sockaddr_in));
	peer->len = sizeof(struct sockaddr_in);
	peer->seq = seq;
}

START_TEST(datagram_peers_and_groups_arrive)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	struct st_datagram *dgram = &raw->dgram;
	const struct socktab_row *row;

	raw->type = SOCK_DGRAM;
	put_peer(&dgram->peers[0], 2, "127.0.0.1", 11);
	put_peer(&dgram->peers[1], 3, "127.0.0.1", 12);	/* being written */
	put_peer(&dgram->peers[2], 4, "127.0.0.1", 13);
	dgram->peers[2].len = 200;
	dgram->seen[0] = 1, dgram->seen[2] = 6;
	dgram->groups_lost = 5;
	dgram->groups[0] = (struct st_group) { .state = 1, .family = AF_INET };
	dgram->groups[1] = (struct st_group) { .state = 2, .family = AF_INET, .ifindex = 7,
					       .group = { 239, 1, 2, 3 } };
	row = only_row();
	ck_assert_uint_eq(row->peer_count, 2);
	ck_assert_int_eq(socktab_address_port(&row->last_peers[0]), 11);
	ck_assert_uint_eq(row->last_peers[1].len, ST_PEER_MAX);
	ck_assert(row->last_peers[1].cut);
	ck_assert_uint_eq(row->peers, 3);
	ck_assert_uint_eq(row->group_count, 1);
	ck_assert_int_eq(row->groups[0].family, AF_INET);
	ck_assert_uint_eq(row->groups[0].ifindex, 7);
	ck_assert_mem_eq(row->groups[0].group, "\xef\x01\x02\x03", 4);
	ck_assert_uint_eq(row->groups_lost, 5);
	ck_assert_uint_eq(row->tcp.state, 0);
}
END_TEST

/* What a hash of n distinct peers would have set. */
static void see(st_u64 *seen, int n)
{
	memset(seen, 0, 4 * sizeof *seen);
	while (n-- > 0) {
		int bit = (int)(random() % 256);

		seen[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

START_TEST(distinct_peers_are_exact_while_few_and_estimated_well)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	static const uint32_t many[] = { 20, 50, 100, 200, 400 };

	raw->type = SOCK_DGRAM;
	for (uint32_t n = 0; n <= 10; n++) {
		raw->dgram.seen[1] = (UINT64_C(1) << n) - 1;
		ck_assert_uint_eq(only_row()->peers, n);
	}
	srandom(7);
	for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
		double sum = 0;

		for (int round = 0; round < 20; round++) {
			see(raw->dgram.seen, (int)many[i]);
			sum += only_row()->peers;
		}
		ck_assert_double_ge(sum / 20, 0.9 * many[i]);
		ck_assert_double_le(sum / 20, 1.1 * many[i]);
	}
	memset(raw->dgram.seen, 0xff, sizeof raw->dgram.seen);
	ck_assert_uint_ge(only_row()->peers, 1400);
	memset(raw->dgram.seen, 0, sizeof raw->dgram.seen);
	put_peer(&raw->dgram.peers[0], 2, "127.0.0.1", 1);
	ck_assert_uint_eq(only_row()->peers, 1);
}
END_TEST

START_TEST(moments_become_wall_time)
{
	int64_t offset = forge_now(CLOCK_REALTIME) - forge_now(CLOCK_MONOTONIC), now, wall;
	const int64_t ms = 1000000;

	read_table();
	now = socktab_now_ns(table);
	ck_assert_int_le(now, forge_now(CLOCK_MONOTONIC));
	ck_assert_int_gt(now, forge_now(CLOCK_MONOTONIC) - 10000 * ms);
	wall = socktab_wall_ns(table, 5000);
	ck_assert_int_lt(llabs(wall - offset - 5000), 100 * ms);
	/* Of another boot only the header can tell. */
	forge_header(&forge)->boot_id[0] ^= 0xff;
	forge_header(&forge)->created_real_ns = 1000000;
	forge_header(&forge)->created_mono_ns = 400;
	read_table();
	ck_assert_int_eq(socktab_wall_ns(table, 500), 1000100);
}
END_TEST

START_TEST(a_refresh_sees_what_was_written_since)
{
	struct st_row *raw = forge_open(&forge, 0, 3);
	const struct socktab_row *row = only_row();

	ck_assert_uint_eq(row->tx.bytes, 0);
	raw->tx.bytes = 99;
	forge_open(&forge, 0, 4);
	forge_header(&forge)->lost[ST_LOST_ROWS] = 3;
	forge_write(&forge, "table");
	ck_assert_int_eq(socktab_refresh(table, NULL), 0);
	ck_assert_uint_eq(socktab_row_count(table), 2);
	ck_assert_uint_eq(socktab_row(table, 0)->tx.bytes, 99);
	ck_assert_uint_eq(socktab_losses(table).rows, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decoding");
	TCase *tcase = forge_case(suite, "decoding");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, identity_arrives);
	tcase_add_test(tcase, times_and_options_arrive);
	tcase_add_test(tcase, the_option_bits_are_the_same_in_both_headers);
	tcase_add_test(tcase, counters_arrive_and_are_summed_with_those_pushed_out);
	tcase_add_test(tcase, every_state_is_told_as_a_reader_knows_it);
	tcase_add_test(tcase, a_closed_row_keeps_its_last_values);
	tcase_add_test(tcase, words_out_of_range_are_harmless);
	tcase_add_test(tcase, addresses_come_from_the_cells_that_are_current);
	tcase_add_test(tcase, addresses_longer_than_a_cell_are_cut_and_say_so);
	tcase_add_test(tcase, cells_that_are_not_there_flag_the_row);
	tcase_add_test(tcase, rows_that_are_free_or_being_filled_are_skipped);
	tcase_add_test(tcase, rows_of_a_forgotten_process_are_skipped);
	tcase_add_test(tcase, rows_of_a_dead_process_outlive_its_hold_on_their_chunk);
	tcase_add_test(tcase, slots_that_are_being_filled_are_skipped);
	tcase_add_test(tcase, a_process_is_told_whole);
	tcase_add_test(tcase, losses_of_the_session_and_of_its_processes_are_summed);
	tcase_add_test(tcase, processes_come_in_order_of_attaching_and_rows_in_order_of_opening);
	tcase_add_test(tcase, ids_that_are_not_there_find_nothing);
	tcase_add_test(tcase, datagram_peers_and_groups_arrive);
	tcase_add_test(tcase, distinct_peers_are_exact_while_few_and_estimated_well);
	tcase_add_test(tcase, moments_become_wall_time);
	tcase_add_test(tcase, a_refresh_sees_what_was_written_since);
	return forge_main(suite);
}
