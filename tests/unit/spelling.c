/* SPDX-License-Identifier: MIT
 *
 * Addresses, protocols and words as people read them.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "forge.h"

static struct socktab_address address_of(const void *sa, size_t len)
{
	struct socktab_address address = { .len = (socklen_t)len };

	memcpy(&address.storage, sa, len);
	return address;
}

static void expect(const struct socktab_address *address, const char *text, const char *host,
		   long port)
{
	char buf[300];

	ck_assert_int_eq(socktab_address_text(address, buf, sizeof buf), (int)strlen(text));
	ck_assert_str_eq(buf, text);
	ck_assert_int_eq(socktab_address_host(address, buf, sizeof buf), (int)strlen(host));
	ck_assert_str_eq(buf, host);
	ck_assert_int_eq(socktab_address_port(address), port);
}

static void expect_inet(const char *spelt, uint16_t port, const char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct socktab_address address;

	inet_pton(AF_INET, spelt, &in.sin_addr);
	address = address_of(&in, sizeof in);
	expect(&address, text, spelt, port);
}

static void expect_inet6(const char *spelt, uint32_t scope, uint16_t port, const char *text,
			 const char *host)
{
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(port),
				    .sin6_scope_id = scope };
	struct socktab_address address;

	inet_pton(AF_INET6, spelt, &in6.sin6_addr);
	address = address_of(&in6, sizeof in6);
	expect(&address, text, host, port);
}

START_TEST(internet_addresses_are_numeric)
{
	expect_inet("127.0.0.1", 80, "127.0.0.1:80");
	expect_inet("255.255.255.255", 65535, "255.255.255.255:65535");
	expect_inet("0.0.0.0", 80, "*:80");
	expect_inet("0.0.0.0", 0, "*:*");
	expect_inet("10.0.0.1", 0, "10.0.0.1:*");
	expect_inet6("::1", 0, 80, "[::1]:80", "::1");
	expect_inet6("fe80::1", 2, 80, "[fe80::1%2]:80", "fe80::1%2");
	expect_inet6("::", 0, 443, "*:443", "::");
	expect_inet6("::ffff:1.2.3.4", 0, 5, "[::ffff:1.2.3.4]:5", "::ffff:1.2.3.4");
}
END_TEST

static void expect_unix(const char *path, size_t len, const char *text)
{
	struct sockaddr_storage storage = { .ss_family = AF_UNIX };
	struct socktab_address address;

	memcpy((char *)&storage + 2, path, len);
	address = address_of(&storage, 2 + len);
	expect(&address, text, "", -1);
}

START_TEST(unix_addresses_follow_the_rules_of_unix_7)
{
	char longest[111];

	expect_unix("", 0, "*");				/* unnamed */
	expect_unix("/run/x", 7, "/run/x");
	expect_unix("/run/x", 6, "/run/x");			/* not ended: the length counts */
	expect_unix("/run/x\0trailing", 15, "/run/x");
	expect_unix("\0abstract", 9, "@abstract");
	expect_unix("\0a\0b", 4, "@a@b");			/* NULs count */
	expect_unix("\0a\0", 3, "@a@");
	expect_unix("\0", 1, "@");
	memset(longest, 'p', 110);
	longest[110] = '\0';
	expect_unix(longest, 108, longest + 2);			/* no room for a NUL */
	expect_unix("/a\n\033[31m", 8, "/a\n\033[31m");		/* as it is */
}
END_TEST

START_TEST(other_families_have_their_spellings)
{
	struct sockaddr_vm vm = { .svm_family = AF_VSOCK, .svm_cid = 2, .svm_port = 1024 };
	struct sockaddr_nl nl = { .nl_family = AF_NETLINK, .nl_pid = 4711, .nl_groups = 1 };
	struct sockaddr_ll ll = { .sll_family = AF_PACKET, .sll_ifindex = 3,
				  .sll_protocol = htons(0x0800) };
	struct socktab_address address = address_of(&vm, sizeof vm);

	expect(&address, "2:1024", "2", 1024);
	vm.svm_cid = VMADDR_CID_ANY, vm.svm_port = VMADDR_PORT_ANY;
	address = address_of(&vm, sizeof vm);
	expect(&address, "*:*", "*", 0);
	address = address_of(&nl, sizeof nl);
	expect(&address, "pid:4711", "", -1);
	nl.nl_pid = 0;
	address = address_of(&nl, sizeof nl);
	expect(&address, "kernel", "", -1);
	address = address_of(&ll, sizeof ll);
	expect(&address, "if3:0800", "if3", -1);
	ll.sll_ifindex = 0, ll.sll_protocol = 0;
	address = address_of(&ll, 12);
	expect(&address, "*:*", "*", -1);
}
END_TEST

START_TEST(what_cannot_be_spelt_is_hex)
{
	struct { sa_family_t family; uint8_t bytes[4]; } odd = { 200, { 0xde, 0xad, 0, 1 } };
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(80) };
	struct socktab_address address = address_of(&odd, 6);

	expect(&address, "af200:dead0001", "", -1);
	address.cut = true;
	expect(&address, "af200:dead0001...", "", -1);
	address = address_of(&odd, 2);
	expect(&address, "af200:", "", -1);
	address = address_of(&in, 4);			/* too short for its family */
	expect(&address, "af2:0050", "", -1);
}
END_TEST

START_TEST(no_address_is_a_dash)
{
	struct socktab_address address = { 0 };

	expect(&address, "-", "", -1);
	address.len = 1;
	expect(&address, "-", "", -1);
	address.len = sizeof address.storage + 1;
	address.storage.ss_family = AF_INET;
	ck_assert_int_eq(socktab_address_text(&address, NULL, 0), 1);
}
END_TEST

START_TEST(texts_are_cut_like_snprintf_cuts)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(80) };
	struct socktab_row row = { .family = AF_UNIX, .type = SOCK_STREAM };
	struct socktab_address address;
	char buf[32];

	inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
	address = address_of(&in, sizeof in);
	for (size_t size = 1; size <= 13; size++) {
		memset(buf, 'x', sizeof buf);
		ck_assert_int_eq(socktab_address_text(&address, buf, size), 12);
		ck_assert_uint_eq(strlen(buf), size - 1);
		ck_assert_int_eq(strncmp(buf, "127.0.0.1:80", size - 1), 0);
		ck_assert_int_eq(buf[size], 'x');
	}
	ck_assert_int_eq(socktab_address_text(&address, NULL, 0), 12);
	ck_assert_int_eq(socktab_address_host(&address, NULL, 0), 9);
	ck_assert_int_eq(socktab_proto_text(&row, NULL, 0), 11);
	ck_assert_int_eq(socktab_proto_text(&row, buf, 5), 11);
	ck_assert_str_eq(buf, "unix");
}
END_TEST

START_TEST(protocols_have_the_names_that_people_use)
{
	static const struct { int family, type, protocol; const char *text; } cases[] = {
		{ AF_INET, SOCK_STREAM, 0, "tcp" },
		{ AF_INET6, SOCK_STREAM, IPPROTO_TCP, "tcp" },
		{ AF_INET, SOCK_DGRAM, 0, "udp" },
		{ AF_INET6, SOCK_DGRAM, IPPROTO_UDP, "udp" },
		{ AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, "udplite" },
		{ AF_INET, SOCK_STREAM, IPPROTO_SCTP, "sctp" },
		{ AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP, "sctp" },
		{ AF_INET, SOCK_STREAM, 262, "mptcp" },
		{ AF_INET, SOCK_DGRAM, IPPROTO_ICMP, "icmp" },
		{ AF_INET, SOCK_RAW, IPPROTO_ICMP, "icmp" },
		{ AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, "icmp6" },
		{ AF_INET, SOCK_RAW, 89, "raw" },
		{ AF_INET, SOCK_RAW, IPPROTO_TCP, "raw" },
		{ AF_INET, SOCK_STREAM, 99, "af2/1/99" },
		{ AF_INET, SOCK_SEQPACKET, 0, "inet-seqpacket" },
		{ AF_UNIX, SOCK_STREAM, 0, "unix-stream" },
		{ AF_UNIX, SOCK_DGRAM, 0, "unix-dgram" },
		{ AF_UNIX, SOCK_SEQPACKET, 0, "unix-seqpacket" },
		{ AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, "netlink-route" },
		{ AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT, "netlink-kobject-uevent" },
		{ AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG, "netlink-sock-diag" },
		{ AF_NETLINK, SOCK_RAW, NETLINK_GENERIC, "netlink-generic" },
		{ AF_NETLINK, SOCK_RAW, NETLINK_CRYPTO, "netlink-crypto" },
		{ AF_NETLINK, SOCK_RAW, 17, "netlink-17" },
		{ AF_NETLINK, SOCK_RAW, -1, "netlink--1" },
		{ AF_PACKET, SOCK_RAW, 768, "packet" },
		{ AF_PACKET, SOCK_DGRAM, 8, "packet" },
		{ AF_VSOCK, SOCK_STREAM, 0, "vsock-stream" },
		{ AF_ALG, SOCK_SEQPACKET, 0, "alg" },
		{ AF_BLUETOOTH, SOCK_RAW, 1, "bluetooth-raw/1" },
		{ AF_XDP, SOCK_RAW, 0, "xdp" },
		{ 200, 1, 0, "af200/1/0" },
		{ -3, -2, -1, "af-3/-2/-1" },
	};
	char buf[64];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct socktab_row row = { .family = cases[i].family, .type = cases[i].type,
					   .protocol = cases[i].protocol };

		ck_assert_int_eq(socktab_proto_text(&row, buf, sizeof buf),
				 (int)strlen(cases[i].text));
		ck_assert_str_eq(buf, cases[i].text);
	}
}
END_TEST

START_TEST(families_and_types_have_names)
{
	ck_assert_str_eq(socktab_family_name(AF_UNIX), "unix");
	ck_assert_str_eq(socktab_family_name(AF_INET), "inet");
	ck_assert_str_eq(socktab_family_name(AF_INET6), "inet6");
	ck_assert_str_eq(socktab_family_name(AF_NETLINK), "netlink");
	ck_assert_str_eq(socktab_family_name(AF_PACKET), "packet");
	ck_assert_str_eq(socktab_family_name(AF_BLUETOOTH), "bluetooth");
	ck_assert_str_eq(socktab_family_name(AF_ALG), "alg");
	ck_assert_str_eq(socktab_family_name(AF_VSOCK), "vsock");
	ck_assert_str_eq(socktab_family_name(AF_XDP), "xdp");
	ck_assert_ptr_null(socktab_family_name(AF_UNSPEC));
	ck_assert_ptr_null(socktab_family_name(200));
	ck_assert_ptr_null(socktab_family_name(-1));
	ck_assert_str_eq(socktab_type_name(SOCK_STREAM), "stream");
	ck_assert_str_eq(socktab_type_name(SOCK_DGRAM), "dgram");
	ck_assert_str_eq(socktab_type_name(SOCK_SEQPACKET), "seqpacket");
	ck_assert_str_eq(socktab_type_name(SOCK_RAW), "raw");
	ck_assert_ptr_null(socktab_type_name(0));
	ck_assert_ptr_null(socktab_type_name(SOCK_STREAM | SOCK_CLOEXEC));
}
END_TEST

START_TEST(words_are_never_missing)
{
	ck_assert_str_eq(socktab_state_name(SOCKTAB_STATE_ESTAB), "ESTAB");
	ck_assert_str_eq(socktab_state_name(SOCKTAB_STATE_SYN_SENT), "SYN-SENT");
	ck_assert_str_eq(socktab_state_name(SOCKTAB_STATE_CLOSED), "CLOSED");
	ck_assert_str_eq(socktab_origin_name(SOCKTAB_ORIGIN_ACCEPT), "accept");
	ck_assert_str_eq(socktab_closer_name(SOCKTAB_CLOSER_CLOSE), "close");
	for (unsigned i = 0; i < 300; i++) {
		ck_assert_ptr_nonnull(socktab_state_name((enum socktab_state)i));
		ck_assert_ptr_nonnull(socktab_origin_name((enum socktab_origin)i));
		ck_assert_ptr_nonnull(socktab_closer_name((enum socktab_closer)i));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("spelling");
	TCase *tcase = forge_case(suite, "spelling");

	tcase_add_test(tcase, internet_addresses_are_numeric);
	tcase_add_test(tcase, unix_addresses_follow_the_rules_of_unix_7);
	tcase_add_test(tcase, other_families_have_their_spellings);
	tcase_add_test(tcase, what_cannot_be_spelt_is_hex);
	tcase_add_test(tcase, no_address_is_a_dash);
	tcase_add_test(tcase, texts_are_cut_like_snprintf_cuts);
	tcase_add_test(tcase, protocols_have_the_names_that_people_use);
	tcase_add_test(tcase, families_and_types_have_names);
	tcase_add_test(tcase, words_are_never_missing);
	return forge_main(suite);
}
