/* SPDX-License-Identifier: MIT
 *
 * A client that knows nothing of socktab. Here it asks a web server for one page over and over:
 *
 *	requests PORT MILLISECONDS
 *
 * Four connections that stay open, each with one request on its way. Prints requests per second.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 4

static const char request[] = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n";

struct reply {
	char bytes[16384];
	size_t len;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int connect_to(const char *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		err(1, "port %s", port);
	return fd;
}

static void ask(int fd)
{
	if (send(fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request))
		err(1, "send");
}

/* Of the page that follows the head; -1: the head is not whole yet. */
static long content_length(const char *head)
{
	const char *line;

	if (strncmp(head, "HTTP/1.1 200", strlen("HTTP/1.1 200")) != 0 &&
	    strlen(head) >= strlen("HTTP/1.1 200"))
		errx(1, "the server said: %.40s", head);
	if (!strstr(head, "\r\n\r\n"))
		return -1;
	for (line = head; line; line = strstr(line, "\r\n")) {
		line += strspn(line, "\r\n");
		if (strncasecmp(line, "content-length:", strlen("content-length:")) == 0)
			return atol(line + strlen("content-length:"));
	}
	errx(1, "a reply without its length");
}

/* Reads what is there; true when it completed the reply. A server that sends head and page
 * apart would else be measured by how long we hold back the acknowledgement of its head. */
static bool reply_arrived(int fd, struct reply *reply)
{
	int on = 1;
	ssize_t got = recv(fd, reply->bytes + reply->len, sizeof(reply->bytes) - 1 - reply->len, 0);
	long length;

	if (got <= 0)
		errx(1, "the server closed the connection");
	setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
	reply->len += (size_t)got;
	reply->bytes[reply->len] = '\0';
	length = content_length(reply->bytes);
	if (length < 0)
		return false;
	if (reply->len < (size_t)(strstr(reply->bytes, "\r\n\r\n") + 4 - reply->bytes + length))
		return false;
	reply->len = 0;
	return true;
}

static long exchange(struct pollfd *fds, struct reply *replies)
{
	long done = 0;
	int i;

	if (poll(fds, CONNECTIONS, 5000) <= 0)
		errx(1, "no reply within five seconds");
	for (i = 0; i < CONNECTIONS; i++) {
		if (fds[i].revents == 0 || !reply_arrived(fds[i].fd, &replies[i]))
			continue;
		done++;
		ask(fds[i].fd);
	}
	return done;
}

int main(int argc, char **argv)
{
	static struct reply replies[CONNECTIONS];
	struct pollfd fds[CONNECTIONS];
	int64_t started, end;
	long done = 0;
	int i;

	if (argc != 3)
		errx(2, "usage: requests PORT MILLISECONDS");
	for (i = 0; i < CONNECTIONS; i++) {
		fds[i] = (struct pollfd){ .fd = connect_to(argv[1]), .events = POLLIN };
		ask(fds[i].fd);
	}
	started = now_ms();
	end = started + atol(argv[2]);
	while (now_ms() < end)
		done += exchange(fds, replies);
	printf("%.1f\n", (double)done * 1000 / (double)(now_ms() - started));
	return 0;
}
