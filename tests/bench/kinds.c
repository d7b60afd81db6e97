/* SPDX-License-Identifier: MIT
 *
 * The kinds of call that are measured. Nothing here knows of socktab.
 */
#include "kinds.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH 256		/* descriptors that are closed in a row */

extern char **environ;

int64_t kind_now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ------------------------------------------------------------------------- make ready --- */

static void prepare_pair(struct state *state)
{
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) < 0)
		err(1, "socketpair");
	state->in = fd[0];
	state->out = fd[1];
}

static void prepare_listener(struct state *state)
{
	socklen_t len = sizeof(state->address);

	state->address.sin_family = AF_INET;
	state->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	state->listener = socket(AF_INET, SOCK_STREAM, 0);
	if (state->listener < 0 ||
	    bind(state->listener, (struct sockaddr *)&state->address, len) < 0 ||
	    listen(state->listener, 128) < 0 ||
	    getsockname(state->listener, (struct sockaddr *)&state->address, &len) < 0)
		err(1, "listen");
}

static int connected(struct state *state)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&state->address, sizeof(state->address)) < 0)
		err(1, "connect");
	return fd;
}

static int accepted(struct state *state)
{
	int fd = accept(state->listener, NULL, NULL);

	if (fd < 0)
		err(1, "accept");
	return fd;
}

static void prepare_tcp(struct state *state)
{
	int on = 1;

	prepare_listener(state);
	state->in = connected(state);
	state->out = accepted(state);
	if (setsockopt(state->in, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) < 0)
		err(1, "TCP_NODELAY");
}

static void prepare_pipe(struct state *state)
{
	int fd[2];

	if (pipe(fd) < 0)
		err(1, "pipe");
	state->in = fd[1];
	state->out = fd[0];
}

static void prepare_null(struct state *state)
{
	state->in = open("/dev/null", O_WRONLY | O_CLOEXEC);
	state->out = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	if (state->in < 0 || state->out < 0)
		err(1, "/dev/null, /dev/zero");
}

void kind_finish(struct state *state)
{
	const int fds[] = { state->in, state->out, state->listener };
	size_t i;

	for (i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] > 0)
			close(fds[i]);
}

/* -------------------------------------------------------------------------- the turns --- */

static void turn_send_recv(struct state *state)
{
	char byte = 'x';

	if (send(state->in, &byte, 1, 0) != 1 || recv(state->out, &byte, 1, 0) != 1)
		err(1, "send, recv");
}

static void turn_write_read(struct state *state)
{
	char byte = 'x';

	if (write(state->in, &byte, 1) != 1 || read(state->out, &byte, 1) != 1)
		err(1, "write, read");
}

static void turn_again(struct state *state)
{
	char byte;

	if (recv(state->out, &byte, 1, MSG_DONTWAIT) != -1 || errno != EAGAIN)
		errx(1, "recv did not say EAGAIN");
}

/* Both ends leave at once (linger 0), or the ports would be used up by TIME_WAIT. */
static void turn_connection(struct state *state)
{
	struct linger reset = { .l_onoff = 1, .l_linger = 0 };
	int client = connected(state), server = accepted(state);

	if (setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)) < 0 ||
	    close(client) < 0 || close(server) < 0)
		err(1, "connection");
}

static void reap(pid_t pid)
{
	int status;

	if (pid < 0)
		err(1, "no child");
	if (waitpid(pid, &status, 0) != pid || status != 0)
		errx(1, "the child failed");
}

static void turn_fork(struct state *state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(0);
	reap(pid);
}

static void turn_exec(struct state *state)
{
	char name[] = "true", *argv[] = { name, NULL };
	pid_t pid = -1;

	(void)state;
	errno = posix_spawn(&pid, "/bin/true", NULL, NULL, argv, environ);
	if (errno != 0)
		err(1, "/bin/true");
	reap(pid);
}

static int64_t loop_close(struct state *state, long turns)
{
	int fd[BATCH], i, failed = 0;
	int64_t started, ns = 0;

	for (; turns > 0; turns--) {
		for (i = 0; i < BATCH; i++)
			fd[i] = dup(state->in);
		started = kind_now_ns(CLOCK_THREAD_CPUTIME_ID);
		for (i = 0; i < BATCH; i++)
			failed |= close(fd[i]);
		ns += kind_now_ns(CLOCK_THREAD_CPUTIME_ID) - started;
	}
	if (failed)
		errx(1, "close failed");
	return ns;
}

static void prepare_nothing(struct state *state)
{
	(void)state;
}

#define OWN_TIME  CLOCK_THREAD_CPUTIME_ID
#define WALL_TIME CLOCK_MONOTONIC

static const struct kind kinds[] = {
	{ "pair", OWN_TIME, 2, prepare_pair, turn_send_recv, NULL },
	{ "tcp", OWN_TIME, 2, prepare_tcp, turn_send_recv, NULL },
	{ "again", OWN_TIME, 1, prepare_pair, turn_again, NULL },
	{ "readwrite", OWN_TIME, 2, prepare_pair, turn_write_read, NULL },
	{ "pipe", OWN_TIME, 2, prepare_pipe, turn_write_read, NULL },
	{ "null", OWN_TIME, 2, prepare_null, turn_write_read, NULL },
	{ "close", OWN_TIME, BATCH, prepare_null, NULL, loop_close },
	{ "connection", WALL_TIME, 1, prepare_listener, turn_connection, NULL },
	{ "fork", WALL_TIME, 1, prepare_nothing, turn_fork, NULL },
	{ "exec", WALL_TIME, 1, prepare_nothing, turn_exec, NULL },
};

const struct kind *kind_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}
