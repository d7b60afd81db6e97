/* SPDX-License-Identifier: MIT
 *
 * The shared table: the one thing that the preload module (which writes it) and the reader
 * library (which reads it) have in common. socktab(5) describes it in prose.
 *
 * A session is one sparse file. It starts with a header; the header names the regions that
 * follow, each with its offset, stride and count, so that a reader walks by stride and skips
 * what it does not know.
 *
 *     header | chunk directory | process slots | rows
 *
 * A row starts with what its opening writes, in consecutive cache lines: a fork writes thousands.
 *
 * Fixed-width types only, and 64-bit words aligned to 8 bytes also where the C ABI would align
 * them to 4, so that 32-bit and 64-bit writers share one table. Byte order is the machine's and
 * is stated. A minor version adds fields at the end of a struct or in its reserved words, kinds
 * and enumerators; a major version may change anything.
 *
 * Every mutable field is read and written with the atomics of atomic.h; the order that a field
 * needs is stated with it. Where nothing is stated, relaxed is right.
 */
#ifndef SOCKTAB_ABI_H
#define SOCKTAB_ABI_H

#include <stddef.h>
#include <stdint.h>

#define ST_MAGIC	"socktab"	/* eight bytes with its NUL */
#define ST_BYTE_ORDER	0x01020304u
#define ST_MAJOR	1
#define ST_MINOR	0

typedef uint64_t st_u64 __attribute__((aligned(8)));
typedef int64_t st_s64 __attribute__((aligned(8)));

/* ------------------------------------------------------------------ words shared by all --- */

/* Why something could not be recorded. One counter each, in the process's slot and, for what
 * no slot could count, in the header. Index into `lost`. */
enum st_loss {
	ST_LOST_ROWS,		/* descriptors without a row: the table was full */
	ST_LOST_MEMORY,		/* descriptors without a row: no memory could be committed */
	ST_LOST_FD,		/* descriptors without a row: number beyond the map */
	ST_LOST_ADDRESS,	/* address changes that found no free cell */
	ST_LOST_ENVIRONMENT,	/* execs whose environment was too large to be completed */
	ST_LOST_UNSHARED,	/* threads that left the process's descriptor table */
	ST_LOST_PROCESSES,	/* header only: processes that found no slot */
	ST_LOST_QUIET,		/* facts not asked of the kernel under a seccomp filter */
	ST_LOST_MAX = 16
};

/* Life of a row or of a process slot: the low half of its `life` word. The high half is a
 * generation that grows each time that the place is taken for something new. */
enum st_life {
	ST_FREE = 0,		/* never used */
	ST_FILLING,		/* claimed, not yet whole: skip it */
	ST_OPEN,		/* row: the descriptor is open. slot: the process has not exited */
	ST_CLOSED,		/* row: closed; last values. slot: exited cleanly; last values */
};

#define ST_LIFE(gen, state)	((uint64_t)(gen) << 32 | (uint32_t)(state))
#define ST_LIFE_STATE(life)	((uint32_t)(life))
#define ST_LIFE_GEN(life)	((uint32_t)((life) >> 32))

/* A reference to a row or a slot: (index + 1) in the high half, generation in the low half.
 * 0 refers to nothing. It is stale when the generation is no longer the place's own. */
#define ST_REF(index, gen)	((uint64_t)((uint32_t)(index) + 1) << 32 | (uint32_t)(gen))
#define ST_REF_INDEX(ref)	((uint32_t)((ref) >> 32) - 1)
#define ST_REF_GEN(ref)		((uint32_t)(ref))

enum st_origin {
	ST_ORIGIN_UNKNOWN,
	ST_ORIGIN_SOCKET,	/* socket(2) */
	ST_ORIGIN_ACCEPT,	/* accept(2); parent is the listener */
	ST_ORIGIN_SOCKETPAIR,	/* socketpair(2); parent is the other end, for the second one */
	ST_ORIGIN_DUP,		/* dup and its kin; parent is the source */
	ST_ORIGIN_FORK,		/* came with fork; parent is the row in the parent process */
	ST_ORIGIN_EXEC,		/* kept over an exec of a process that had lost its row */
	ST_ORIGIN_SCM,		/* SCM_RIGHTS of unix(7), or pidfd_getfd(2) */
	ST_ORIGIN_INHERITED,	/* was open when the module started */
	ST_ORIGIN_ADOPTED,	/* first seen in use: its opening passed no wrapper */
};

/* The socket's state as the calls of the program tell it. */
enum st_state {
	ST_STATE_UNKNOWN,
	ST_STATE_UNCONN,	/* neither bound nor connected */
	ST_STATE_BOUND,		/* bound (bind(2) or by the kernel), not connected */
	ST_STATE_LISTEN,
	ST_STATE_CONNECTING,
	ST_STATE_ESTAB,		/* also a connected datagram socket */
	ST_STATE_SHUT_RD,	/* half-closed: this end reads no more */
	ST_STATE_SHUT_WR,	/* half-closed: this end sends no more */
	ST_STATE_SHUT,		/* shut down both ways */
	ST_STATE_FAILED,	/* the last connect failed; connect_errno says how */
};

/* Who took the descriptor away. */
enum st_closer {
	ST_CLOSER_NONE,
	ST_CLOSER_CLOSE,	/* close(2) */
	ST_CLOSER_DUP,		/* dup2 or dup3 over it */
	ST_CLOSER_RANGE,	/* close_range(2), closefrom(3) */
	ST_CLOSER_STDIO,	/* fclose(3), freopen(3) */
	ST_CLOSER_EXEC,		/* close-on-exec */
	ST_CLOSER_OTHER,	/* mq_close(3), daemon(3), login_tty(3) */
	ST_CLOSER_UNSEEN,	/* found gone, or its number found reused: no wrapper saw it */
};

/* Bits of `options`; the same bit in `options_known` says that the value was learnt. */
#define ST_OPT_NODELAY		(UINT64_C(1) << 0)
#define ST_OPT_KEEPALIVE	(UINT64_C(1) << 1)
#define ST_OPT_REUSEADDR	(UINT64_C(1) << 2)
#define ST_OPT_REUSEPORT	(UINT64_C(1) << 3)
#define ST_OPT_BROADCAST	(UINT64_C(1) << 4)
#define ST_OPT_LINGER		(UINT64_C(1) << 5)
#define ST_OPT_NONBLOCK		(UINT64_C(1) << 6)
#define ST_OPT_CLOEXEC		(UINT64_C(1) << 7)
#define ST_OPT_V6ONLY		(UINT64_C(1) << 8)
#define ST_OPT_CORK		(UINT64_C(1) << 9)
#define ST_OPT_PASSCRED		(UINT64_C(1) << 10)
#define ST_OPT_ASYNC		(UINT64_C(1) << 11)

/* ------------------------------------------------------------------------------ header --- */

enum st_region_kind {
	ST_REGION_NONE,
	ST_REGION_CHUNKS,
	ST_REGION_PROCESSES,
	ST_REGION_ROWS,
	ST_REGION_THREADS,	/* reserved: what each thread is waiting for */
	ST_REGION_NAMES,	/* reserved: host names by address */
	ST_REGION_SITES,	/* reserved: call stacks, each once */
	ST_REGION_RINGS,	/* reserved: events */
};

struct st_region {
	uint32_t kind;		/* enum st_region_kind */
	uint32_t stride;	/* bytes from one element to the next */
	st_u64 offset;		/* bytes from the start of the file; a multiple of 4096 */
	st_u64 count;		/* elements */
};

#define ST_REGIONS_MAX	16
#define ST_NAME_MAX	64	/* of a session's name, with its NUL */

/* What outlives the row or process that it was counted in. */
struct st_totals {
	st_u64 opened;		/* rows that were ever opened */
	st_u64 closed;		/* rows that were closed */
	st_u64 rx_bytes, tx_bytes;
	st_u64 rx_calls, tx_calls;
	st_u64 errors;
	st_u64 reserved;
};

struct st_header {
	char magic[8];
	uint32_t byte_order;	/* ST_BYTE_ORDER as the writer stores it */
	uint16_t major, minor;
	st_u64 file_size;	/* bytes; the file is truncated when it is shorter */
	uint8_t boot_id[16];	/* of /proc/sys/kernel/random/boot_id; zeroes: unknown */
	uint32_t uid;		/* effective uid of the creator */
	uint32_t rows_per_chunk;
	char name[ST_NAME_MAX];	/* of the session */
	/* One moment in four clocks: a reader turns any of them into another. */
	st_u64 created_real_ns;	/* CLOCK_REALTIME */
	st_u64 created_mono_ns;	/* CLOCK_MONOTONIC: the clock of every other *_ns field */
	st_u64 created_boot_ns;	/* CLOCK_BOOTTIME */
	st_u64 created_tsc;	/* the processor's counter; 0: not usable */
	st_u64 tsc_hz;		/* 0: not usable */
	st_u64 reserved[4];
	struct st_region regions[ST_REGIONS_MAX];

	/* Mutable from here, on cache lines of their own. */
	struct {
		uint32_t processes_high;	/* slots ever taken: walk no further */
		uint32_t chunks_high;		/* chunks ever taken: walk no further */
		uint32_t process_hand;		/* where to look for a slot to take again */
		uint32_t chunk_hand;		/* where to look for a chunk to take again */
		st_u64 reserved[6];
	} high __attribute__((aligned(64)));
	st_u64 lost[ST_LOST_MAX] __attribute__((aligned(64)));
	struct st_totals gone;			/* of slots that were taken again */
};

/* --------------------------------------------------------------------- chunk directory --- */

/* A chunk is `rows_per_chunk` consecutive rows that one process may take: its `owner`. They are
 * committed memory from before `owner` is first set (a compare-and-swap, release). Whose a row is
 * the row itself says: those of a dead process stand in a chunk that has another owner by now,
 * until they are taken again. */
struct st_chunk {
	st_u64 owner;		/* ST_REF of the process slot; 0: never taken */
	st_u64 reserved;
};

#define ST_ROWS_PER_CHUNK 32

/* ------------------------------------------------------------------------ process slot --- */

#define ST_COMM_MAX	16
#define ST_CMDLINE_MAX	256

#define ST_PROCESS_QUIET	(1u << 0)	/* installed a seccomp filter */
#define ST_PROCESS_NO_ROWS	(1u << 1)	/* could not map the rows (RLIMIT_AS) */
#define ST_PROCESS_UNSHARED	(1u << 2)	/* a thread has a descriptor table of its own */
#define ST_PROCESS_WORD32	(1u << 3)	/* a 32-bit program */

struct st_process {
	st_u64 life;		/* acquire/release; ST_OPEN from the moment that all else is set */
	int32_t pid;		/* in the namespace `pidns` */
	int32_t ppid;
	uint32_t uid;		/* effective, at attach */
	uint32_t flags;		/* ST_PROCESS_* */
	st_u64 pidns;		/* inode of the pid namespace; 0: unknown */
	st_u64 netns;		/* inode of the network namespace; 0: unknown */
	st_u64 parent;		/* ST_REF of the slot that it was forked from; 0: unknown */
	st_u64 attached_boot_ns; /* CLOCK_BOOTTIME: the process started before this. A process of
				  * this pid that started later is another one. */
	st_u64 attached_ns;	/* CLOCK_MONOTONIC of the first attach (fork or start) */
	st_u64 image_ns;	/* of the present program's start: attach or last exec */
	st_u64 exec_ns;		/* last exec was tried then and nothing was heard since; 0: none.
				  * When it stays and the process lives, it runs a program that
				  * the module is not in. */
	st_u64 ended_ns;	/* of a clean exit; 0: none seen */
	uint32_t execs;		/* programs that this process has run, less one */
	int32_t exit_status;	/* as given to exit; valid once closed; -1: not known */
	st_u64 image_id[2];	/* AT_RANDOM of the present image: one module to an image */
	st_u64 reserved[3];
	char comm[ST_COMM_MAX];		/* NUL-terminated */
	char cmdline[ST_CMDLINE_MAX];	/* arguments, each ended by NUL; cut at the end */
	struct st_totals totals __attribute__((aligned(64)));	/* `opened` and `closed` grow at
				  * once; the rest holds the rows that were pushed out */
	st_u64 lost[ST_LOST_MAX];
};

/* --------------------------------------------------------------------------------- row --- */

/* An address as the kernel spells it. A cell that is referred to never changes. */
#define ST_ADDRESS_MAX	110		/* struct sockaddr_un whole */
struct st_address {
	uint16_t len;		/* bytes used of `bytes`; 0: no address; > ST_ADDRESS_MAX: cut */
	uint8_t bytes[ST_ADDRESS_MAX];	/* a struct sockaddr of some family */
};

#define ST_CELLS	4
/* `cells`: two writers never fill one cell, and one compare-and-swap makes a filled cell the
 * current one and frees the one before it.
 *   bits 0-3  cell i is taken      bits 8-11  local: cell + 1, or 0
 *   bits 32-63 grows by one with each change   bits 12-15  peer: cell + 1, or 0
 * Publishing is release; a reader loads it (acquire), copies, and loads it again. */
#define ST_CELLS_TAKEN(w)	((uint32_t)(w) & 0xfu)
#define ST_CELLS_LOCAL(w)	(((uint32_t)(w) >> 8) & 0xfu)
#define ST_CELLS_PEER(w)	(((uint32_t)(w) >> 12) & 0xfu)

/* A cache line for each direction. */
struct st_counters {
	st_u64 bytes;		/* that passed between program and socket through wrappers */
	st_u64 calls;		/* all calls of this direction, also those that failed */
	st_u64 again;		/* of these: EAGAIN, EWOULDBLOCK */
	st_u64 errors;		/* of these: other errors, but EINTR */
	st_u64 last_ns;		/* CLOCK_MONOTONIC_COARSE of the last that moved bytes; 0: never */
	st_u64 first_ns;	/* the same of the first */
	uint32_t last_errno;	/* of the last that is counted in errors; 0: none */
	uint32_t passed;	/* descriptors passed by SCM_RIGHTS */
	st_u64 bulk_bytes;	/* tx: of `bytes`, those by sendfile or splice; rx: by splice */
} __attribute__((aligned(64)));

#define ST_PEERS	3
#define ST_PEER_MAX	28		/* struct sockaddr_in6 whole; longer ones are cut */
struct st_peer {		/* a datagram peer; a writer that finds one busy lets it be */
	uint16_t seq;		/* odd: being written */
	uint16_t len;		/* of the address; > ST_PEER_MAX: cut */
	uint8_t bytes[ST_PEER_MAX];
};

#define ST_GROUPS	3
struct st_group {		/* a multicast membership */
	uint32_t state;		/* 0 free, 1 being written, 2 joined */
	uint16_t family;	/* AF_INET, AF_INET6; AF_PACKET, AF_NETLINK: number in `ifindex` */
	uint16_t reserved;
	uint32_t ifindex;	/* 0: the kernel's choice */
	uint8_t group[16];
};

struct st_datagram {		/* what only sockets without a stream have */
	struct st_peer peers[ST_PEERS];	/* the last few distinct ones, in no order */
	st_u64 seen[4];		/* a bit for the hash of each peer seen: linear counting */
	uint32_t peer_next;	/* place of the next one */
	uint32_t groups_lost;	/* memberships beyond the places */
	struct st_group groups[ST_GROUPS];
};

/* TCP_INFO at close; see struct tcp_info in linux/tcp.h. `state` is the kernel's, 0: not taken. */
struct st_tcp_final {
	uint32_t state;
	uint32_t rtt_us, rttvar_us;
	uint32_t snd_cwnd, snd_mss;
	uint32_t total_retrans, lost, unacked;
	st_u64 bytes_acked, bytes_received, bytes_sent;
	uint32_t segs_out, segs_in;
	uint32_t notsent_bytes, reserved;
};

#define ST_ROW_STALE	(1u << 0)	/* an address change of this row was lost */
#define ST_ROW_EXTRA	(1u << 1)	/* its last part (dgram, tcp) has been written */

/* A row: one descriptor of one process. Only its owner writes it. */
struct st_row {
	/* Set before `life` says ST_OPEN (release) and constant until it is taken again. */
	st_u64 life;		/* acquire */
	st_u64 owner;		/* ST_REF of the process slot; stale: it is nobody's any more */
	int32_t fd;
	int32_t tid;		/* of the opener; 0: not known */
	uint16_t family;	/* AF_*; as given to socket(2) */
	uint16_t type;		/* SOCK_* without flags */
	uint32_t protocol;	/* IPPROTO_* or the family's own; 0 stays 0 */
	st_u64 cookie;		/* SO_COOKIE; 0: not known */
	st_u64 inode;		/* 0: not asked for; /proc/PID/fd tells it of an open one */
	st_u64 parent;		/* ST_REF of a row; 0: none. See enum st_origin */
	uint8_t origin;		/* enum st_origin */
	/* Mutable from here. */
	uint8_t state;		/* enum st_state */
	uint8_t closer;		/* enum st_closer */
	uint8_t flags;		/* ST_ROW_* */
	int32_t closer_tid;

	struct st_counters rx, tx;

	/* CLOCK_MONOTONIC, ns; 0: did not happen. */
	st_u64 created_ns;
	st_u64 changed_ns;	/* of the last change of state, address or option */
	st_u64 bound_ns;	/* bind, or the kernel's own choice when seen */
	st_u64 listen_ns;
	st_u64 connect_ns;	/* the last connect was called */
	st_u64 connected_ns;	/* ... and was seen to end, either way */
	st_u64 shut_ns;
	st_u64 closed_ns;

	st_u64 options;		/* ST_OPT_* */
	st_u64 options_known;
	uint32_t sndbuf, rcvbuf;	/* bytes, as the kernel would answer; 0: never asked for */
	uint32_t sndtimeo_ms, rcvtimeo_ms; /* 0: none */
	uint32_t linger_s;
	uint32_t backlog;	/* of listen(2) */
	uint32_t accepted;	/* by this descriptor */
	int32_t connect_errno;	/* of the last connect that ended; 0: it succeeded */
	uint32_t name;		/* reserved: host name that led here; index + 1 */
	uint32_t site;		/* reserved: opener's call site; index + 1 */
	st_u64 zerocopy_bytes;	/* of tx.bytes, those sent with MSG_ZEROCOPY */
	st_u64 pair;		/* ST_REF of the row of the socketpair's other end; 0: none */
	st_u64 state_ns;	/* of the last change of state or address: of two rows of one
				 * socket, the later one knows; of options, by changed_ns */
	st_u64 reserved[1];

	st_u64 cells;		/* see above */
	struct st_address address[ST_CELLS];

	/* All zero unless ST_ROW_EXTRA. */
	union {
		struct st_datagram dgram;	/* type is not SOCK_STREAM */
		struct st_tcp_final tcp;	/* type is SOCK_STREAM */
	};
};

#ifdef __cplusplus
#define ST_ASSERT(e) static_assert(e, #e)
#else
#define ST_ASSERT(e) _Static_assert(e, #e)
#endif
ST_ASSERT(sizeof(struct st_region) == 24);
ST_ASSERT(sizeof(struct st_totals) == 64);
ST_ASSERT(sizeof(struct st_chunk) == 16);
ST_ASSERT(sizeof(struct st_counters) == 64);
ST_ASSERT(sizeof(struct st_address) == 112);
ST_ASSERT(sizeof(struct st_peer) == 32);
ST_ASSERT(sizeof(struct st_group) == 28);
ST_ASSERT(sizeof(struct st_datagram) == 224);
ST_ASSERT(sizeof(struct st_tcp_final) == 72);
ST_ASSERT(offsetof(struct st_header, regions) == 184);
ST_ASSERT(offsetof(struct st_header, high) == 576);
ST_ASSERT(offsetof(struct st_header, lost) == 640);
ST_ASSERT(offsetof(struct st_header, gone) == 768);
ST_ASSERT(sizeof(struct st_header) == 832);
ST_ASSERT(offsetof(struct st_process, comm) == 136);
ST_ASSERT(offsetof(struct st_process, totals) == 448);
ST_ASSERT(sizeof(struct st_process) == 640);
ST_ASSERT(offsetof(struct st_row, rx) == 64);
ST_ASSERT(offsetof(struct st_row, tx) == 128);
ST_ASSERT(offsetof(struct st_row, created_ns) == 192);
ST_ASSERT(offsetof(struct st_row, options) == 256);
ST_ASSERT(offsetof(struct st_row, cells) == 344);
ST_ASSERT(offsetof(struct st_row, address) == 352);
ST_ASSERT(offsetof(struct st_row, dgram) == 800);
ST_ASSERT(sizeof(struct st_row) == 1024);

#endif
