/* SPDX-License-Identifier: MIT
 *
 * Here we put numbers into words: states, origins, closers, families, types.
 */
#include "reader.h"

#define WORD(words, i) \
	((size_t)(i) < sizeof words / sizeof words[0] ? words[i] : NULL)

const char *socktab_state_name(enum socktab_state state)
{
	static const char *const words[] = {
		[SOCKTAB_STATE_UNKNOWN] = "UNKNOWN", [SOCKTAB_STATE_UNCONN] = "UNCONN",
		[SOCKTAB_STATE_LISTEN] = "LISTEN", [SOCKTAB_STATE_SYN_SENT] = "SYN-SENT",
		[SOCKTAB_STATE_ESTAB] = "ESTAB", [SOCKTAB_STATE_SHUT_RD] = "SHUT-RD",
		[SOCKTAB_STATE_SHUT_WR] = "SHUT-WR", [SOCKTAB_STATE_SHUT] = "SHUT",
		[SOCKTAB_STATE_FAILED] = "FAILED", [SOCKTAB_STATE_CLOSED] = "CLOSED",
	};
	const char *word = WORD(words, state);

	return word ? word : "UNKNOWN";
}

const char *socktab_origin_name(enum socktab_origin origin)
{
	static const char *const words[] = {
		[SOCKTAB_ORIGIN_UNKNOWN] = "unknown", [SOCKTAB_ORIGIN_SOCKET] = "socket",
		[SOCKTAB_ORIGIN_ACCEPT] = "accept", [SOCKTAB_ORIGIN_SOCKETPAIR] = "socketpair",
		[SOCKTAB_ORIGIN_DUP] = "dup", [SOCKTAB_ORIGIN_FORK] = "fork",
		[SOCKTAB_ORIGIN_EXEC] = "exec", [SOCKTAB_ORIGIN_SCM] = "scm",
		[SOCKTAB_ORIGIN_INHERITED] = "inherited", [SOCKTAB_ORIGIN_ADOPTED] = "adopted",
	};
	const char *word = WORD(words, origin);

	return word ? word : "unknown";
}

const char *socktab_closer_name(enum socktab_closer closer)
{
	static const char *const words[] = {
		[SOCKTAB_CLOSER_NONE] = "none", [SOCKTAB_CLOSER_CLOSE] = "close",
		[SOCKTAB_CLOSER_DUP] = "dup", [SOCKTAB_CLOSER_RANGE] = "range",
		[SOCKTAB_CLOSER_STDIO] = "stdio", [SOCKTAB_CLOSER_EXEC] = "exec",
		[SOCKTAB_CLOSER_OTHER] = "other", [SOCKTAB_CLOSER_UNSEEN] = "unseen",
	};
	const char *word = WORD(words, closer);

	return word ? word : "other";
}

/* Numbers and not AF_*: a family that this machine's headers lack has its name all the same. */
const char *socktab_family_name(int family)
{
	static const char *const words[] = {
		[1] = "unix", "inet", "ax25", "ipx", "appletalk", "netrom", "bridge", "atmpvc",
		"x25", "inet6", "rose", "decnet", "netbeui", "security", "key", "netlink",
		"packet", "ash", "econet", "atmsvc", "rds", "sna", "irda", "pppox", "wanpipe",
		"llc", "ib", "mpls", "can", "tipc", "bluetooth", "iucv", "rxrpc", "isdn",
		"phonet", "ieee802154", "caif", "alg", "nfc", "vsock", "kcm", "qipcrtr", "smc",
		"xdp", "mctp",
	};
	_Static_assert(sizeof words / sizeof words[0] == 46, "AF_MCTP is 45");

	return WORD(words, family);
}

const char *socktab_type_name(int type)
{
	static const char *const words[] = {
		[SOCK_STREAM] = "stream", [SOCK_DGRAM] = "dgram", [SOCK_RAW] = "raw",
		[SOCK_RDM] = "rdm", [SOCK_SEQPACKET] = "seqpacket", [SOCK_DCCP] = "dccp",
		[SOCK_PACKET] = "packet",
	};

	return WORD(words, type);
}
