/* SPDX-License-Identifier: MIT
 *
 * Here are the verbs: what a wrapper says after its call, in one word. Each leaves errno alone,
 * allocates nothing, takes no lock, may run in a signal handler, and does nothing in a vfork
 * child. `result` and `error` are what the call answered: error is errno, and only looked at
 * when the result says that it failed.
 */
#ifndef SOCKTAB_PRELOAD_RECORD_H
#define SOCKTAB_PRELOAD_RECORD_H

#include <sys/socket.h>
#include <sys/uio.h>

#include "preload/descriptors.h"

/* ------------------------------------------------------------- opening: record_open.c --- */

void record_socket(int fd, int family, int type, int protocol);
void record_socketpair(const int fds[2], int family, int type, int protocol);

/* A connection taken from a listener; flags of accept4(2). */
void record_accept(int listener, int fd, int flags);

/* A descriptor that names what `source` names. `over` is the reference that stood at fd before. */
void record_duplicate(uint64_t source, int fd, uint64_t over, bool cloexec);

/* A descriptor whose opening we did not see: asks the kernel for all that it knows. Its row, or
 * NULL: no socket, or none to be had. */
struct st_row *record_found(int fd, enum st_origin origin);

/* A call that only sockets answer met a descriptor without a row: adopts it. */
struct st_row *record_unknown(int fd);

/* All descriptors that are open when the module starts and have no row yet. */
void record_inherited(enum st_origin origin);

/* A row of this process from before its exec: takes its place again, or is closed. */
void record_resumed(struct st_row *row);

/* In a forked child: a row of its own for each row of the parent. */
void record_forked(void);

/* ---------------------------------------------------------------- state: record_state.c --- */

void record_bind(int fd, const void *address, socklen_t len);
void record_listen(int fd, int backlog);

/* Before a connect, and after it. */
struct connect_attempt {
	uint64_t start_ns;
	uint64_t ref;			/* of the row */
	enum st_state former;		/* 0: the row was not touched */
};
struct connect_attempt record_connecting(int fd, const void *address, socklen_t len);
void record_connect(int fd, const struct connect_attempt *attempt, const void *address,
		    socklen_t len, int error);
void record_shutdown(int fd, int how);

/* getsockname or getpeername has succeeded: there is an address, and a peer proves a connect. */
void record_named(int fd, bool peer);

/* Asks for the address that a socket has by now. False: none, or it cannot be asked. */
bool record_local_address(struct st_row *row, int fd);

void record_state(struct st_row *row, enum st_state state);

/* Evidence about a connect that is under way: it succeeded; it failed (0: how is not known). */
void record_connected(struct st_row *row);
void record_connect_failed(struct st_row *row, int error);

/* --------------------------------------------------------------- options: record_options.c --- */

/* name and value as of setsockopt(2); `told`: the kernel's own answer, of getsockopt(2). */
void record_option(int fd, int level, int name, const void *value, socklen_t len, bool told);

/* Options that are no socket options: ST_OPT_NONBLOCK, ST_OPT_CLOEXEC, ST_OPT_ASYNC. */
void record_flag(int fd, uint64_t option, bool on);

/* What a successful fcntl or ioctl did; `source`: the row's reference from before the call. */
void record_fcntl(int fd, int command, long argument, int result, uint64_t source);
void record_ioctl(int fd, unsigned long request, const void *argument);

/* ------------------------------------------------------------ datagrams, rights: record_message.c --- */

/* A datagram came from or went to this address. */
void record_peer(struct st_row *row, const void *address, socklen_t len);

/* What sendto and sendmsg were told besides the bytes; a connect under MSG_FASTOPEN is one. */
void record_sent_to(struct st_row *row, int fd, const void *address, socklen_t len, int flags,
		    ssize_t sent);
void record_message_sent(struct st_row *row, int fd, const struct msghdr *message, int flags,
			 ssize_t sent);

/* Descriptors in the control part of a message: sent, or arrived (those get rows). */
void record_rights_sent(struct st_row *row, const struct msghdr *message);
void record_rights_received(struct st_row *row, const struct msghdr *message);

/* ----------------------------------------------------------------- closing: record_close.c --- */

/* Before a close that will probably be the end: the kernel's last word on a TCP socket. */
void record_closing(uint64_t ref, int fd);

/* After it. `ref` was looked up before; error 0: it worked. A close that fails closes all the
 * same, but for EBADF; a cancelled one never comes here. */
void record_closed(int fd, uint64_t ref, int error, enum st_closer closer);

/* All numbers from first to last were closed; start_ns: before the call. */
void record_range_closed(unsigned first, unsigned last, uint64_t start_ns);
void record_range_cloexec(unsigned first, unsigned last);

/* close_range(2) as a whole, by its flags. */
void record_close_range(unsigned first, unsigned last, int flags, uint64_t start_ns);

/* This thread has left the process's descriptor table, where there are others: one map cannot be
 * right for all, so it is recorded no more. */
void record_unshared(void);

#endif
