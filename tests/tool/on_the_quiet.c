/* SPDX-License-Identifier: MIT
 *
 * A program that does to its sockets what no preloaded module can see: system calls of its own,
 * stdio. Its arguments say what; it then says the descriptor that was concerned last, and waits.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int listener, client, server, datagram;

/* What Go does for every call: libc is not asked. */
static long inline_call(long number, long a, long b, long c)
{
	long result;
#if defined(__x86_64__)
	register long d __asm__("r10") = 0;
	register long e __asm__("r8") = 0;

	__asm__ volatile("syscall" : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(d), "r"(e)
			 : "rcx", "r11", "memory");
#else
#error "another machine has another instruction"
#endif
	if (result < 0)
		errx(1, "call %ld: %s", number, strerror((int)-result));
	return result;
}

static int nothing(void)
{
	return -1;
}

static int opens(void)
{
	return (int)inline_call(SYS_socket, AF_INET, SOCK_DGRAM, 0);
}

static int copies(void)
{
	return (int)inline_call(SYS_dup, client, 0, 0);
}

static int closes(void)
{
	inline_call(SYS_close, datagram, 0, 0);
	return datagram;
}

static int swaps(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET,
				   .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int other = opens();

	inline_call(SYS_bind, other, (long)&any, sizeof(any));
	inline_call(SYS_dup2, other, datagram, 0);
	inline_call(SYS_close, other, 0, 0);
	return datagram;
}

static int sends(void)
{
	inline_call(SYS_write, client, (long)"quiet", 5);
	return client;
}

static int receives(void)
{
	char buf[4];

	inline_call(SYS_read, server, (long)buf, sizeof(buf));
	return server;
}

static int prints(void)
{
	FILE *stream = fdopen(client, "w");

	fprintf(stream, "%s", "by stdio!");
	fflush(stream);
	return client;
}

static int binds(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET,
				   .sin_addr = { htonl(INADDR_LOOPBACK) } };

	inline_call(SYS_bind, datagram, (long)&any, sizeof(any));
	return datagram;
}

static int listens(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	inline_call(SYS_listen, fd, 1, 0);
	return fd;
}

static int ends(void)
{
	char buf[64];

	close(client);
	while (read(server, buf, sizeof(buf)) > 0)
		;
	close(server);
	return client;
}

/* Connects that fail, and one that is taken back: seen, all of them. */
static int fails(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct sockaddr nobody = { .sa_family = AF_UNSPEC };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(other, (struct sockaddr *)&address, len) ||
	    getsockname(other, (struct sockaddr *)&address, &len) ||
	    !connect(fd, (struct sockaddr *)&address, len))
		errx(1, "a connect that fails");
	close(fd);
	close(other);
	if (connect(client, &nobody, sizeof(nobody)))
		err(1, "a disconnect");
	close(client);
	return -1;
}

/* A child that no wrapper saw, and that makes no call of libc's. */
static int forks(void)
{
	long pid = inline_call(SYS_clone, SIGCHLD, 0, 0);

	if (!pid)
		inline_call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0);
	while (!pid)
		inline_call(SYS_pause, 0, 0, 0);
	return (int)pid;
}

static int hides(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	return -1;
}

/* A ring is enough: who has one may have done anything through it. */
static int rings(void)
{
	struct io_uring_params params = { 0 };

	inline_call(SYS_io_uring_setup, 1, (long)&params, 0);
	return -1;
}

static const struct deed {
	const char *name;
	int (*act)(void);
} deeds[] = {
	{ "nothing", nothing }, { "opens", opens }, { "copies", copies }, { "closes", closes },
	{ "swaps", swaps }, { "sends", sends }, { "receives", receives }, { "prints", prints },
	{ "binds", binds }, { "listens", listens }, { "ends", ends }, { "forks", forks },
	{ "hides", hides }, { "rings", rings },
	{ "fails", fails },
};

/* A connection over which 10 bytes were sent and 6 received, and two other sockets. */
static void prepare(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(address);
	char buf[6];

	listener = socket(AF_INET, SOCK_STREAM, 0);
	client = socket(AF_INET, SOCK_STREAM, 0);
	datagram = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(listener, (struct sockaddr *)&address, len) || listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&address, &len) ||
	    connect(client, (struct sockaddr *)&address, len))
		err(1, "a connection");
	server = accept(listener, NULL, NULL);
	if (send(client, "0123456789", 10, 0) != 10 ||
	    recv(server, buf, sizeof(buf), MSG_WAITALL) != sizeof(buf))
		err(1, "bytes");
}

static int act(const char *name)
{
	for (size_t i = 0; i < sizeof(deeds) / sizeof(*deeds); i++)
		if (!strcmp(deeds[i].name, name))
			return deeds[i].act();
	errx(2, "no deed %s", name);
}

int main(int argc, char **argv)
{
	int fd = -1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prepare();
	for (int i = 1; i < argc; i++) {
		int concerned = act(argv[i]);

		fd = concerned < 0 ? fd : concerned;
	}
	printf("%d\n", fd);
	fflush(stdout);
	pause();
	return 0;
}
