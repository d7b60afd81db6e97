/* SPDX-License-Identifier: MIT
 *
 * A program that knows nothing of socktab. Here it holds many TCP sockets, connected in pairs:
 *
 *	hold SOCKETS
 *
 * It prints its resident memory in KiB and stays until its standard input ends.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void allow_descriptors(rlim_t count)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		err(1, "RLIMIT_NOFILE");
	if (limit.rlim_cur >= count)
		return;
	limit.rlim_cur = count;
	if (limit.rlim_max < count)
		limit.rlim_max = count;	/* root may */
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		err(1, "RLIMIT_NOFILE %llu", (unsigned long long)count);
}

static int tcp_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		err(1, "socket");
	return fd;
}

static int listen_on(struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = tcp_socket();

	if (bind(fd, (struct sockaddr *)address, len) < 0 || listen(fd, 128) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &len) < 0)
		err(1, "listen");
	return fd;
}

static long resident_kib(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (!file || fscanf(file, "%*d %ld", &pages) != 1)
		err(1, "/proc/self/statm");
	fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int listener, i, sockets = argc == 2 ? atoi(argv[1]) : 0;
	char byte;

	if (sockets <= 0)
		errx(2, "usage: hold SOCKETS");
	allow_descriptors((rlim_t)sockets + 64);
	listener = listen_on(&address);
	for (i = 0; i < sockets / 2; i++) {
		if (connect(tcp_socket(), (struct sockaddr *)&address, sizeof(address)) < 0 ||
		    accept(listener, NULL, NULL) < 0)
			err(1, "connect, accept");
	}
	printf("%ld\n", resident_kib());
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
