/* SPDX-License-Identifier: MIT
 *
 * Here we record that descriptors open.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#include "preload/address.h"
#include "preload/clock.h"
#include "preload/connecting.h"
#include "preload/kernel.h"
#include "preload/record.h"

#define TYPE_MASK	0xf		/* of socket(2)'s type: the rest are flags */

/* What accept(2)'s new socket has from its listener, on Linux. */
#define INHERITED_OPTIONS (ST_OPT_NODELAY | ST_OPT_KEEPALIVE | ST_OPT_LINGER | ST_OPT_V6ONLY)

/* Shows a row at its number; one that has no place is given back, and its loss is counted. */
static void show(struct st_row *row, int fd, uint64_t ref)
{
	if (fd >= DESCRIPTOR_MAX) {
		table_lost(ST_LOST_FD);
		row_drop(row);
		return;
	}
	row_publish(row);
	descriptor_set(fd, ref, ST_CLOSER_UNSEEN);
}

static void identify(struct st_row *row, int fd, enum st_origin origin)
{
	socklen_t len = sizeof(row->cookie);

	row->fd = fd;
	row->tid = thread_id();
	row->origin = origin;
	row->state = ST_STATE_UNCONN;
	if (kernel_getsockopt(fd, SOL_SOCKET, SO_COOKIE, &row->cookie, &len))
		row->cookie = 0;
	if (kernel_is_quiet())
		table_lost(ST_LOST_QUIET);
}

static void flags_note(struct st_row *row, bool nonblock, bool cloexec)
{
	row->options_known |= ST_OPT_NONBLOCK | ST_OPT_CLOEXEC;
	row->options |= (nonblock ? ST_OPT_NONBLOCK : 0) | (cloexec ? ST_OPT_CLOEXEC : 0);
}

static struct st_row *fill(int fd, int family, int type, int protocol, enum st_origin origin,
			   uint64_t *ref)
{
	struct st_row *row = row_take(ref);

	if (!row)
		return NULL;
	identify(row, fd, origin);
	row->family = (uint16_t)family;
	row->type = (uint16_t)(type & TYPE_MASK);
	row->protocol = (uint32_t)protocol;
	flags_note(row, type & SOCK_NONBLOCK, type & SOCK_CLOEXEC);
	return row;
}

static struct st_row *make(int fd, int family, int type, int protocol, enum st_origin origin,
			   uint64_t *ref)
{
	return table_is_ours() ? fill(fd, family, type, protocol, origin, ref) : NULL;
}

void record_socket(int fd, int family, int type, int protocol)
{
	uint64_t ref;
	struct st_row *row = make(fd, family, type, protocol, ST_ORIGIN_SOCKET, &ref);

	if (row)
		show(row, fd, ref);
}

/* What getsockname and getpeername answer of them: unix(7). */
static void both_unnamed(struct st_row *row)
{
	const sa_family_t unnamed = AF_UNIX;

	address_init(row, ADDRESS_LOCAL, &unnamed, sizeof(unnamed));
	address_init(row, ADDRESS_PEER, &unnamed, sizeof(unnamed));
}

void record_socketpair(const int fds[2], int family, int type, int protocol)
{
	uint64_t refs[2] = { 0, 0 };
	struct st_row *rows[2];

	for (int i = 0; i < 2; i++) {
		rows[i] = make(fds[i], family, type, protocol, ST_ORIGIN_SOCKETPAIR, &refs[i]);
		if (!rows[i])
			continue;
		rows[i]->state = ST_STATE_ESTAB;
		rows[i]->connected_ns = rows[i]->created_ns;
		if (family == AF_UNIX)
			both_unnamed(rows[i]);
	}
	for (int i = 0; i < 2; i++) {
		if (!rows[i])
			continue;
		rows[i]->pair = refs[!i];
		show(rows[i], fds[i], refs[i]);
	}
}

/* --------------------------------------------------------------------------- accepting --- */

/* What the program was told of the peer is no use: how much of it fitted into its buffer, only
 * its length before the call could say, and that is not ours to read (it may point nowhere). */
static void peer_of_accepted(struct st_row *row, int fd)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof(peer);

	if (!kernel_getpeername(fd, &peer, &len))
		address_init(row, ADDRESS_PEER, &peer, len);
}

static void local_of_accepted(struct st_row *row, int fd, const struct st_row *listener)
{
	struct sockaddr_storage asked;
	socklen_t len = sizeof(asked);
	struct st_address address;

	if (listener && listener->family == AF_UNIX) {
		address_get(listener, ADDRESS_LOCAL, &address);
		address_init(row, ADDRESS_LOCAL, address.bytes, address.len);
	} else if (!kernel_getsockname(fd, &asked, &len)) {
		address_init(row, ADDRESS_LOCAL, &asked, len);
	}
}

static void inherit_from_listener(struct st_row *row, struct st_row *listener)
{
	uint64_t known = load_relaxed(&listener->options_known) & INHERITED_OPTIONS;

	row->options_known |= known;
	row->options |= load_relaxed(&listener->options) & known;
	row->linger_s = load_relaxed(&listener->linger_s);
	row->parent = row_ref(listener);
	add_relaxed(&listener->accepted, 1);
	if (load_relaxed(&listener->state) == ST_STATE_LISTEN)
		return;
	store_relaxed(&listener->listen_ns, row->created_ns);
	record_state(listener, ST_STATE_LISTEN);
}

void record_accept(int listening, int fd, int flags)
{
	struct st_row *listener = descriptor_row(listening), *row;
	uint64_t ref;

	listener = listener ? listener : record_unknown(listening);
	if (!listener) {
		record_found(fd, ST_ORIGIN_ACCEPT);
		return;
	}
	row = make(fd, listener->family, listener->type | flags, (int)listener->protocol,
		   ST_ORIGIN_ACCEPT, &ref);
	if (!row)
		return;
	row->state = ST_STATE_ESTAB;
	row->connected_ns = row->created_ns;
	peer_of_accepted(row, fd);
	local_of_accepted(row, fd, listener);
	inherit_from_listener(row, listener);
	if (row->cookie == listener->cookie)
		row->cookie = 0;	/* of MPTCP (Linux 6.18): it identifies neither */
	show(row, fd, ref);
}

/* ------------------------------------------------------------------------- duplicating --- */

/* What a duplicate has from its source: the socket's side of a row. False: the source has been
 * closed meanwhile, and its row taken for something else. */
static bool copy_socket(struct st_row *to, uint64_t source)
{
	const struct st_row *from = row_of(source);

	to->family = from->family;
	to->type = from->type;
	to->protocol = from->protocol;
	to->cookie = from->cookie;
	to->inode = from->inode;
	to->pair = from->pair;
	to->parent = source;
	to->state = load_relaxed(&from->state);
	address_copy(to, from);
	to->changed_ns = load_relaxed(&from->changed_ns);	/* it knows no more than its source */
	to->state_ns = load_relaxed(&from->state_ns);
	to->bound_ns = load_relaxed(&from->bound_ns);
	to->listen_ns = load_relaxed(&from->listen_ns);
	to->connect_ns = load_relaxed(&from->connect_ns);
	to->connected_ns = load_relaxed(&from->connected_ns);
	to->shut_ns = load_relaxed(&from->shut_ns);
	memcpy(&to->options, &from->options,
	       offsetof(struct st_row, name) - offsetof(struct st_row, options));
	to->accepted = 0;
	if (from->type != SOCK_STREAM && from->flags & ST_ROW_EXTRA) {
		to->flags |= ST_ROW_EXTRA;
		memcpy(to->dgram.groups, from->dgram.groups, sizeof(to->dgram.groups));
	}
	return row_is(from, source);
}

static void cloexec_note(struct st_row *row, bool cloexec)
{
	row->options_known |= ST_OPT_CLOEXEC;
	row->options = (row->options & ~ST_OPT_CLOEXEC) | (cloexec ? ST_OPT_CLOEXEC : 0);
}

void record_duplicate(uint64_t source, int fd, uint64_t over, bool cloexec)
{
	struct st_row *row;
	uint64_t ref;

	if (!table_is_ours())
		return;
	descriptor_clear(fd, over, ST_CLOSER_DUP);
	row = source ? row_take(&ref) : NULL;
	if (!row)
		return;
	row->fd = fd;
	row->tid = thread_id();
	row->origin = ST_ORIGIN_DUP;
	if (!copy_socket(row, source)) {
		row_drop(row);
		record_found(fd, ST_ORIGIN_DUP);
		return;
	}
	cloexec_note(row, cloexec);
	show(row, fd, ref);
}

static struct st_row *find(int fd, enum st_origin origin);

/* The fork is this row's moment, not a clock of its own for each of thousands. A parent that has
 * closed its own descriptor since may have taken the row for another: then the kernel is asked. */
static bool inherit_from_parent(int fd, uint64_t source, uint64_t now)
{
	const struct st_row *from = row_of(source);
	struct st_row *row;
	uint64_t ref;

	row = row_take_at(&ref, now);
	if (!row)
		return false;
	row->fd = fd;
	row->tid = from->tid;
	row->origin = ST_ORIGIN_FORK;
	if (!copy_socket(row, source)) {
		row_drop(row);
		descriptor_map[fd] = 0;
		return find(fd, ST_ORIGIN_FORK) != NULL;
	}
	descriptor_map[fd] = ref;
	row_publish(row);
	if (row->state == ST_STATE_CONNECTING)
		connecting_add(ref);
	return true;
}

void record_forked(void)
{
	uint64_t now = clock_now();

	connecting_forget();
	for (int fd = 0; fd < descriptor_high; fd++) {
		uint64_t source = descriptor_map[fd];

		if (source && !inherit_from_parent(fd, source, now))
			descriptor_map[fd] = 0;
	}
}

/* ----------------------------------------------------------------------------- finding --- */

static int ask(int fd, int name)
{
	int value = 0;
	socklen_t len = sizeof(value);
	int error = kernel_getsockopt(fd, SOL_SOCKET, name, &value, &len);

	return error ? error : value;
}

static void ask_addresses(struct st_row *row, int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (!kernel_getsockname(fd, &address, &len)) {
		address_init(row, ADDRESS_LOCAL, &address, len);
		if (address_is_specific(&address, len))
			row->state = ST_STATE_BOUND;
	}
	len = sizeof(address);
	if (!kernel_getpeername(fd, &address, &len)) {
		address_init(row, ADDRESS_PEER, &address, len);
		row->state = ST_STATE_ESTAB;
	}
	if (ask(fd, SO_ACCEPTCONN) > 0)
		row->state = ST_STATE_LISTEN;
}

static void ask_flags(struct st_row *row, int fd)
{
	int status = kernel_fcntl(fd, F_GETFL, 0);
	int flags = kernel_fcntl(fd, F_GETFD, 0);

	if (status >= 0 && flags >= 0)
		flags_note(row, status & O_NONBLOCK, flags & FD_CLOEXEC);
}

static struct st_row *find(int fd, enum st_origin origin)
{
	int family = ask(fd, SO_DOMAIN);
	struct st_row *row;
	uint64_t ref;

	if (family == -ENOSYS)
		table_lost(ST_LOST_QUIET);	/* it may be a socket: nobody may ask */
	if (family < 0)
		return NULL;
	row = fill(fd, family, ask(fd, SO_TYPE), ask(fd, SO_PROTOCOL), origin, &ref);
	if (!row)
		return NULL;
	row->options = row->options_known = 0;
	ask_addresses(row, fd);
	ask_flags(row, fd);
	show(row, fd, ref);
	return fd < DESCRIPTOR_MAX ? row : NULL;
}

struct st_row *record_found(int fd, enum st_origin origin)
{
	return table_is_ours() ? find(fd, origin) : NULL;
}

struct st_row *record_unknown(int fd)
{
	if (!table_is_ours() || (unsigned)fd >= DESCRIPTOR_MAX || rows_exhausted())
		return NULL;
	return record_found(fd, ST_ORIGIN_ADOPTED);
}

/* ---------------------------------------------------------------------------- starting --- */

#define AT_ONCE 1024			/* numbers in one poll, 8 KiB of stack */

/* How many descriptors are open: Linux 6.2 and later say so as the size of this directory. */
static long open_descriptors(void)
{
	struct stat st;

	return kernel_stat("/proc/self/fd", &st) ? 0 : (long)st.st_size;
}

/* One poll that does not wait tells which numbers are open: those that are not answer POLLNVAL. */
static int find_among(int first, int count, enum st_origin origin)
{
	struct pollfd fds[AT_ONCE];
	int open = 0;

	for (int i = 0; i < count; i++)
		fds[i] = (struct pollfd){ .fd = first + i };
	if (kernel_poll(fds, (unsigned)count, 0) < 0)
		return 0;
	for (int i = 0; i < count; i++) {
		if (fds[i].revents & POLLNVAL)
			continue;
		open++;
		if (!descriptor_map[first + i])
			record_found(first + i, origin);
	}
	return open;
}

void record_inherited(enum st_origin origin)
{
	struct rlimit limit = { .rlim_cur = AT_ONCE };
	long wanted = open_descriptors();
	long found = 0;
	int last;

	kernel_getrlimit(RLIMIT_NOFILE, &limit);
	last = limit.rlim_cur < DESCRIPTOR_MAX ? (int)limit.rlim_cur : DESCRIPTOR_MAX;
	/* Without the kernel's count: as far as most programs ever go. */
	if (!wanted && last > 16 * AT_ONCE)
		last = 16 * AT_ONCE;
	for (int first = 0; first < last && (!wanted || found < wanted); first += AT_ONCE)
		found += find_among(first, last - first < AT_ONCE ? last - first : AT_ONCE,
				    origin);
}

void record_resumed(struct st_row *row)
{
	uint64_t life = load_relaxed(&row->life);
	uint64_t cookie = 0;
	socklen_t len = sizeof(cookie);
	int fd = row->fd;

	if (ST_LIFE_STATE(life) != ST_OPEN)
		return;
	if ((unsigned)fd >= DESCRIPTOR_MAX ||
	    kernel_getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &len) ||
	    cookie != row->cookie) {
		row_close(row, ST_CLOSER_EXEC);
		return;
	}
	descriptor_set(fd, row_ref(row), ST_CLOSER_UNSEEN);
	if (row->state == ST_STATE_CONNECTING)
		connecting_add(row_ref(row));
}
