/* SPDX-License-Identifier: MIT
 *
 * libsocktab: reads the live socket table of a session.
 *
 * A program that runs with the preload module writes one row for each socket descriptor that it
 * holds into a file that all processes of its session share. This library attaches to such a
 * file and copies consistent rows out of it. It never writes to it, never makes a writer wait,
 * and trusts no byte of it: a table that is damaged gives an error or a row that says so.
 *
 *	struct socktab_error error;
 *	struct socktab *table;
 *
 *	if (socktab_open(NULL, NULL, &table, &error) < 0)
 *		errx(1, "%s", error.text);
 *	for (size_t i = 0; i < socktab_row_count(table); i++) {
 *		const struct socktab_row *row = socktab_row(table, i);
 *		...
 *	}
 *	socktab_close(table);
 *
 * Conventions. A function that returns int answers 0 or more when it worked, else -errno.
 * Pointers that a table hands out stay valid until its next socktab_refresh or socktab_close.
 * A table may be used by one thread at a time; different tables by different threads. Nothing
 * here is async-signal-safe. Every descriptor that the library opens is close-on-exec.
 */
#ifndef SOCKTAB_H
#define SOCKTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct socktab;			/* an open session with its last snapshot */

/* One line for people: what, where, and what to do. `code` is the errno value. */
struct socktab_error {
	int code;
	char text[512];
};

/* ---------------------------------------------------------------------------- sessions --- */

/* The directory that sessions of this user live in: $SOCKTAB_DIR, else
 * $XDG_RUNTIME_DIR/socktab, else /dev/shm/socktab-UID. Writes it to buf, always ended by NUL.
 * -ENAMETOOLONG when it does not fit. */
int socktab_directory(char *buf, size_t size);

/* A session as its file tells, without its rows. */
struct socktab_session {
	char name[64];
	char path[4096];	/* of the file */
	uint32_t uid;		/* of its creator */
	uint16_t major, minor;	/* of the table's layout */
	uint64_t size, rows_max; /* bytes of the file; rows that it has room for */
	int64_t created_at_ns;	/* since the Epoch, CLOCK_REALTIME */
	bool same_boot;		/* false: written before the machine last started; all is dead */
	uint32_t processes;	/* slots in use */
	uint32_t alive;		/* of these, processes that live */
	uint32_t unknown;	/* of these, processes of a pid namespace that cannot be seen */
};

/* Lists the sessions of a directory (NULL: socktab_directory), newest first, into an array that
 * the caller frees with free(3). Files that are no session are left out; those that are one but
 * cannot be read (another version, damaged) come with major == 0. Returns their number;
 * 0 when the directory does not exist. */
int socktab_sessions(const char *directory, struct socktab_session **list,
		     struct socktab_error *error);

/* Removes a session's file, never anything else; returns 1 when it did, 0 when a process of it
 * lives or may live (unknown) and `force` is false. */
int socktab_session_remove(const struct socktab_session *session, bool force,
			   struct socktab_error *error);

/* Opens a session and takes the first snapshot. directory NULL: socktab_directory. name NULL:
 * the newest session with a live process, else the newest. A name that contains '/' is the path
 * of a file. Errors: -ENOENT no such session; -EPERM the directory or file is not private to
 * this user; -EPROTO not a table, or of another major version; -EBADMSG damaged. */
int socktab_open(const char *directory, const char *name, struct socktab **table,
		 struct socktab_error *error);

/* Takes a new snapshot. When it fails the former one is kept. */
int socktab_refresh(struct socktab *table, struct socktab_error *error);

void socktab_close(struct socktab *table);	/* NULL is allowed */

const struct socktab_session *socktab_session(const struct socktab *table);

/* --------------------------------------------------------------------------- addresses --- */

/* An address as the kernel spells it. len 0: there is none. A unix address may be unnamed (len
 * of the family alone), abstract (first byte of the path is NUL, and others may be). */
struct socktab_address {
	socklen_t len;
	bool cut;		/* longer than could be kept */
	union {
		struct sockaddr sa;
		struct sockaddr_storage storage;
	};
};

/* Numeric text: 127.0.0.1:80, [::1]:80, [fe80::1%2]:80, /run/x, @abstract (its NULs as @ too),
 * 2:1024 (vsock), pid:4711 or kernel (netlink), if3:0800 (packet), else af200:0a0b, the family
 * and hex. "*" for any host, for port 0 and for an unnamed unix socket, "-" for none. What a
 * program chose (paths) is copied as it is: escape it before a terminal sees it. Truncates like
 * snprintf and returns like it. */
int socktab_address_text(const struct socktab_address *address, char *buf, size_t size);

/* The parts, where the family has them: the host alone (text, 0.0.0.0 and :: as they are; else
 * ""), the port (-1: none). */
int socktab_address_host(const struct socktab_address *address, char *buf, size_t size);
long socktab_address_port(const struct socktab_address *address);

/* ----------------------------------------------------------------------------- losses --- */

/* What could not be recorded, see socktab(5). All zero: the table is whole. */
struct socktab_losses {
	uint64_t rows;		/* descriptors without a row: the table was full */
	uint64_t memory;	/* descriptors without a row: no shared memory was left */
	uint64_t fd;		/* descriptors without a row: number beyond the map */
	uint64_t address;	/* address changes that were not recorded */
	uint64_t environment;	/* execs whose environment could not be completed */
	uint64_t unshared;	/* threads with a descriptor table of their own */
	uint64_t processes;	/* processes without a slot */
	uint64_t quiet;		/* facts not asked of the kernel under a seccomp filter */
	uint64_t other;		/* of kinds that this library does not know */
};

/* The sum of all of them. */
uint64_t socktab_losses_sum(const struct socktab_losses *losses);

/* Of the whole session: its own, and those of its processes, present and past. */
struct socktab_losses socktab_losses(const struct socktab *table);

/* --------------------------------------------------------------------------- processes --- */

enum socktab_life {
	SOCKTAB_ALIVE,
	SOCKTAB_EXITED,		/* it said so */
	SOCKTAB_GONE,		/* killed, or exited without passing libc */
	SOCKTAB_UNKNOWN,	/* of a pid namespace that this process cannot see */
};

struct socktab_totals {
	uint64_t opened, closed;	/* descriptors */
	uint64_t rx_bytes, tx_bytes, rx_calls, tx_calls, errors;
};

struct socktab_process {
	uint64_t id;		/* names this process in this session; never 0 */
	uint64_t parent;	/* id of the process that it was forked from; 0: not known */
	enum socktab_life life;
	pid_t pid, ppid;
	uid_t uid;
	char comm[16];
	char cmdline[256];	/* arguments separated by spaces; cut at the end */
	uint64_t pidns, netns;	/* inodes; 0: not known */
	uint32_t execs;		/* programs that it ran, less one */
	bool quiet;		/* it installed a seccomp filter */
	bool no_rows;		/* its address space had no room for the rows */
	bool unshared;		/* a thread of it has descriptors of its own */
	bool blind;		/* it lives, and runs a program that the module is not in */
	bool word32;		/* a 32-bit program */
	int exit_status;	/* -1: not known */
	int64_t attached_ns, image_ns, ended_ns; /* CLOCK_MONOTONIC; 0: did not happen */
	uint32_t open;		/* rows that are open in this snapshot */
	struct socktab_totals totals;	/* of all its rows: open, closed and pushed out */
	struct socktab_losses losses;
};

/* In order of attaching. */
size_t socktab_process_count(const struct socktab *table);
const struct socktab_process *socktab_process(const struct socktab *table, size_t i);
/* By its id; NULL: not in this snapshot. */
const struct socktab_process *socktab_process_by_id(const struct socktab *table, uint64_t id);

/* -------------------------------------------------------------------------------- rows --- */

enum socktab_origin {
	SOCKTAB_ORIGIN_UNKNOWN, SOCKTAB_ORIGIN_SOCKET, SOCKTAB_ORIGIN_ACCEPT,
	SOCKTAB_ORIGIN_SOCKETPAIR, SOCKTAB_ORIGIN_DUP, SOCKTAB_ORIGIN_FORK, SOCKTAB_ORIGIN_EXEC,
	SOCKTAB_ORIGIN_SCM, SOCKTAB_ORIGIN_INHERITED, SOCKTAB_ORIGIN_ADOPTED,
};

enum socktab_state {
	SOCKTAB_STATE_UNKNOWN,
	SOCKTAB_STATE_UNCONN,		/* also bound, not connected */
	SOCKTAB_STATE_LISTEN,
	SOCKTAB_STATE_SYN_SENT,		/* connecting */
	SOCKTAB_STATE_ESTAB,		/* also a connected datagram socket */
	SOCKTAB_STATE_SHUT_RD,		/* half-closed by this end: reads no more */
	SOCKTAB_STATE_SHUT_WR,		/* half-closed by this end: sends no more */
	SOCKTAB_STATE_SHUT,		/* both */
	SOCKTAB_STATE_FAILED,		/* the connect failed: see connect_errno */
	SOCKTAB_STATE_CLOSED,		/* this descriptor is closed */
};

enum socktab_closer {
	SOCKTAB_CLOSER_NONE, SOCKTAB_CLOSER_CLOSE, SOCKTAB_CLOSER_DUP, SOCKTAB_CLOSER_RANGE,
	SOCKTAB_CLOSER_STDIO, SOCKTAB_CLOSER_EXEC, SOCKTAB_CLOSER_OTHER, SOCKTAB_CLOSER_UNSEEN,
};

/* Bits of `options` and `options_known`. */
enum {
	SOCKTAB_OPT_NODELAY = 1 << 0, SOCKTAB_OPT_KEEPALIVE = 1 << 1,
	SOCKTAB_OPT_REUSEADDR = 1 << 2, SOCKTAB_OPT_REUSEPORT = 1 << 3,
	SOCKTAB_OPT_BROADCAST = 1 << 4, SOCKTAB_OPT_LINGER = 1 << 5,
	SOCKTAB_OPT_NONBLOCK = 1 << 6, SOCKTAB_OPT_CLOEXEC = 1 << 7,
	SOCKTAB_OPT_V6ONLY = 1 << 8, SOCKTAB_OPT_CORK = 1 << 9,
	SOCKTAB_OPT_PASSCRED = 1 << 10, SOCKTAB_OPT_ASYNC = 1 << 11,
};

struct socktab_counters {
	uint64_t bytes;		/* that passed between program and socket */
	uint64_t calls;		/* all of this direction */
	uint64_t again;		/* of these: would have blocked */
	uint64_t errors;	/* of these: failed otherwise, but for EINTR */
	int last_errno;		/* 0: none */
	int64_t first_ns, last_ns; /* CLOCK_MONOTONIC, a few ms coarse; 0: never */
	uint32_t passed;	/* descriptors that went with it (SCM_RIGHTS) */
	uint64_t bulk_bytes;	/* of bytes: by sendfile or splice */
};

struct socktab_group {		/* a multicast membership */
	int family;
	uint32_t ifindex;	/* netlink: the group's number */
	uint8_t group[16];	/* 4 bytes of inet, 16 of inet6 */
};

/* TCP_INFO, taken by the module just before it closed the descriptor. */
struct socktab_tcp_final {
	uint32_t state;		/* the kernel's TCP_*; 0: not taken */
	uint32_t rtt_us, rttvar_us, snd_cwnd, snd_mss, total_retrans, lost, unacked;
	uint64_t bytes_acked, bytes_received, bytes_sent;
	uint32_t segs_out, segs_in, notsent_bytes;
};

struct socktab_row {
	uint64_t id;		/* names this row in this session; never 0 */
	uint64_t process;	/* id of its process */
	uint64_t parent;	/* id of the listener, dup's source, ...; 0: none */
	uint64_t pair;		/* id of the socketpair's other end; 0: none */
	pid_t pid, tid;		/* tid: of the opener; 0: not known */
	int fd;
	int family, type, protocol;	/* AF_*, SOCK_*, IPPROTO_* */
	enum socktab_origin origin;
	enum socktab_state state;
	enum socktab_closer closer;
	pid_t closer_tid;
	enum socktab_life life;	/* of its process */
	bool open;		/* the descriptor is open, in a process that may live */
	bool closed;		/* the descriptor was closed; else open, or open at death */
	bool torn;		/* being written all the time: addresses may be old or mixed */
	bool stale;		/* an address change of this row was lost */
	uint64_t cookie;	/* SO_COOKIE; 0: not known */
	uint64_t inode;		/* 0: not known */
	struct socktab_address local, peer;
	/* CLOCK_MONOTONIC ns; 0: did not happen */
	int64_t created_ns, bound_ns, listen_ns, connect_ns, connected_ns, shut_ns, closed_ns;
	int64_t changed_ns;	/* of the last change of state, address or option */
	int64_t state_ns;	/* of the last change of state or address */
	int connect_errno;	/* of the last connect that ended; 0: it succeeded */
	uint32_t options, options_known;	/* SOCKTAB_OPT_* */
	uint32_t sndbuf, rcvbuf;	/* bytes; 0: never asked for */
	uint32_t sndtimeo_ms, rcvtimeo_ms, linger_s, backlog, accepted;
	struct socktab_counters rx, tx;
	uint64_t zerocopy_bytes;
	uint32_t holders;	/* open descriptors of this socket in the session, this included */
	/* Sockets without a stream: */
	uint32_t peers;		/* distinct ones: exact while few, else an estimate */
	uint32_t peer_count;	/* of the last few: */
	struct socktab_address last_peers[4];
	uint32_t group_count, groups_lost;
	struct socktab_group groups[4];
	/* TCP, closed: */
	struct socktab_tcp_final tcp;
};

/* Open and closed ones, in order of process and then of opening. Facts that belong to the
 * socket and not to the descriptor (state, addresses, options but CLOEXEC) are those of the
 * row that knew them last, of all rows with the same cookie. */
size_t socktab_row_count(const struct socktab *table);
const struct socktab_row *socktab_row(const struct socktab *table, size_t i);
const struct socktab_row *socktab_row_by_id(const struct socktab *table, uint64_t id);

/* What follows from a row and its table. -1, 0 or NULL: that cannot be known. */
int64_t socktab_row_age_ns(const struct socktab *table, const struct socktab_row *row);
int64_t socktab_row_idle_ns(const struct socktab *table, const struct socktab_row *row);
/* How long the last connect took, until its result was seen. */
int64_t socktab_row_connect_ns(const struct socktab_row *row);
/* Its own, or what /proc says of a descriptor that is open. */
uint64_t socktab_row_inode(const struct socktab_row *row);
/* The last error: of a failed connect, of sending, of receiving. */
int socktab_row_errno(const struct socktab_row *row);
/* "open", "closed"; of one that was open when its process ended "exited", "gone", "unknown". */
const char *socktab_row_life_name(const struct socktab_row *row);

/* ----------------------------------------------------------------------------- filters --- */

/* The language is that of ss(8), over everything that is in a row: see socktab(1). A filter never
 * changes: several threads may match with it. */
struct socktab_filter;

struct socktab_filter_error {
	int code;		/* EINVAL; ENOENT: where a word should be there is another; ENOMEM */
	size_t offset, length;	/* of what is wrong, in bytes of the text */
	const char *nearest;	/* the word that was meant, perhaps; NULL: none is near */
	char text[256];		/* one line for people, with the nearest word */
};

/* Host names are looked up (getaddrinfo(3), which may take its time): else they are errors. */
#define SOCKTAB_FILTER_RESOLVE	(1u << 0)

/* An empty text matches every row. */
int socktab_filter_parse(const char *text, unsigned int flags, struct socktab_filter **filter,
			 struct socktab_filter_error *error);
void socktab_filter_free(struct socktab_filter *filter);	/* NULL is allowed */

/* `row` is one of the table's present snapshot. */
bool socktab_filter_match(const struct socktab_filter *filter, const struct socktab *table,
			  const struct socktab_row *row);

/* Whether it asks for descriptors that are closed, or were open when their process ended:
 * `state closed`, `life gone`, `closed < 5s`. Views leave these out otherwise. */
bool socktab_filter_wants_closed(const struct socktab_filter *filter);

/* The words that a term begins with; false behind the last. */
struct socktab_filter_word {
	const char *name, *alias;	/* alias NULL: it has none */
	const char *value;		/* what follows: "N", "HOST"; in brackets: may be left out */
	const char *help;		/* one line */
};
bool socktab_filter_word(size_t i, struct socktab_filter_word *word);
/* The words that `state` and `exclude` take; NULL behind the last. */
const char *socktab_filter_state(size_t i);

/* ------------------------------------------------------------------------------- words --- */

/* The moment of the snapshot, CLOCK_MONOTONIC ns; and any such moment as time since the Epoch. */
int64_t socktab_now_ns(const struct socktab *table);
int64_t socktab_wall_ns(const struct socktab *table, int64_t monotonic_ns);

/* Spellings of output: "ESTAB", "accept", "close"; never NULL. */
const char *socktab_state_name(enum socktab_state state);
const char *socktab_origin_name(enum socktab_origin origin);
const char *socktab_closer_name(enum socktab_closer closer);
/* "tcp", "udp", "unix-stream", "netlink-route", "packet", "vsock-stream", ...; numbers where no
 * name is known. Truncates like snprintf. */
int socktab_proto_text(const struct socktab_row *row, char *buf, size_t size);
/* "inet", "inet6", "unix", ...; NULL: not known. */
const char *socktab_family_name(int family);
const char *socktab_type_name(int type);	/* "stream", ...; NULL: not known */

#ifdef __cplusplus
}
#endif
#endif
