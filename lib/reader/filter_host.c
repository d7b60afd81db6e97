/* SPDX-License-Identifier: MIT
 *
 * Here are the addresses of ss: [FAMILY:]HOST[/BITS][:PORT], of unix sockets a glob.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <fnmatch.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "filter.h"

/* --- matching */

static bool is_inet(int family)
{
	return family == AF_INET || family == AF_INET6;
}

int64_t st_filter_port_of(const struct socktab_row *row, const struct socktab_address *address)
{
	return !address->len && is_inet(row->family) ? 0 : socktab_address_port(address);
}

static bool bits_agree(const uint8_t *a, const uint8_t *b, unsigned int bits)
{
	unsigned int whole = bits / 8, rest = bits % 8;

	return !memcmp(a, b, whole) && (!rest || !((a[whole] ^ b[whole]) >> (8 - rest)));
}

/* An IPv4 rule takes what an IPv6 socket shows as ::ffff:1.2.3.4, but not the other way. */
static bool prefix_has(const struct st_filter_host *host, const struct socktab_row *row,
		       const struct socktab_address *address)
{
	static const uint8_t nowhere[16];
	const struct sockaddr_in *in = (const void *)&address->storage;
	const struct sockaddr_in6 *in6 = (const void *)&address->storage;
	int family = address->len ? address->sa.sa_family : row->family;
	const uint8_t *bytes = nowhere;

	if (!is_inet(family))
		return false;
	if (address->len)
		bytes = family == AF_INET ? (const void *)&in->sin_addr : in6->sin6_addr.s6_addr;
	if (host->family == AF_INET && family == AF_INET6 && address->len &&
	    IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
		return bits_agree(host->bytes, bytes + 12, host->bits);
	return family == host->family && bits_agree(host->bytes, bytes, host->bits);
}

/* As ss compares paths: in any case. Of another family the whole address, or its host alone. */
static bool glob_has(const struct st_filter_host *host, const char *glob,
		     const struct socktab_row *row, const struct socktab_address *address)
{
	const char *colon = host->rows_of ? strchr(glob, ':') : NULL;
	char text[512];

	if (colon)
		glob = colon + 1;
	socktab_address_text(address, text, sizeof text);
	if ((row->family == AF_UNIX || host->rows_of) && !fnmatch(glob, text, FNM_CASEFOLD))
		return true;
	return row->family != AF_UNIX && socktab_address_host(address, text, sizeof text) > 0 &&
	       !fnmatch(glob, text, FNM_CASEFOLD);
}

bool st_filter_host_has(const struct st_filter_host *host, const char *text,
			const struct socktab_row *row, const struct socktab_address *address)
{
	if (host->rows_of && row->family != host->rows_of)
		return false;
	if (host->port >= 0 && st_filter_port_of(row, address) != host->port)
		return false;
	switch (host->how) {
	case HOST_PREFIX: return prefix_has(host, row, address);
	case HOST_GLOB: return glob_has(host, text, row, address);
	default: return true;
	}
}

/* --- reading: each answers whether the text is such a thing, and complains of nothing */

static bool service_port(const char *name, int64_t *port)
{
	static const char *const protocols[] = { "tcp", "udp" };
	struct servent room, *service = NULL;
	char buf[1024];

	for (int i = 0; i < 2; i++)
		if (!getservbyname_r(name, protocols[i], &room, buf, sizeof buf, &service) &&
		    service) {
			*port = ntohs((uint16_t)service->s_port);
			return true;
		}
	return false;
}

static bool read_port(const char *text, int64_t *port)
{
	uint64_t number;

	*port = -1;
	if (!strcmp(text, "*"))
		return true;
	if (!st_filter_read_number(text, &number))
		return text[0] && service_port(text, port);
	*port = (int64_t)number;
	return number <= UINT32_MAX;
}

/* "10/8", "193.233.7/24": what is left out is 0. */
static bool read_inet(const char *text, uint8_t bytes[16])
{
	unsigned int n = 0;
	uint64_t byte;

	for (const char *at = text; n < 4; n++) {
		size_t length = strcspn(at, ".");
		char one[4];

		if (length < 1 || length > 3)
			return false;
		snprintf(one, sizeof one, "%.*s", (int)length, at);
		if (strspn(one, "0123456789") != length || !st_filter_read_number(one, &byte) ||
		    byte > 255)
			return false;
		bytes[n] = (uint8_t)byte;
		at += length;
		if (!*at++)
			return true;
	}
	return false;
}

static bool read_prefix(struct st_filter_host *host, const char *text)
{
	char address[INET6_ADDRSTRLEN + 1];
	size_t length = strcspn(text, "/");
	uint64_t bits;

	if (!length || length >= sizeof address)
		return false;
	snprintf(address, sizeof address, "%.*s", (int)length, text);
	host->how = HOST_PREFIX;
	memset(host->bytes, 0, sizeof host->bytes);
	if (read_inet(address, host->bytes))
		host->family = AF_INET;
	else if (inet_pton(AF_INET6, address, host->bytes) == 1)
		host->family = AF_INET6;
	else
		return false;
	host->bits = bits = host->family == AF_INET ? 32 : 128;
	if (text[length] && (!st_filter_read_number(text + length + 1, &bits) || bits > host->bits))
		return false;
	host->bits = (unsigned int)bits;
	return !host->rows_of || host->rows_of == host->family;
}

/* "[::1]", "[::1/64]:80", "[::1]/64:80" */
static bool read_bracketed(struct st_filter_host *host, const char *text)
{
	const char *close = strchr(text, ']'), *port;
	char prefix[64];

	if (!close)
		return false;
	port = strchr(close, ':');
	snprintf(prefix, sizeof prefix, "%.*s%.*s", (int)(close - text - 1), text + 1,
		 (int)(port ? port - close - 1 : (ptrdiff_t)strlen(close + 1)), close + 1);
	return read_prefix(host, prefix) && (!port || read_port(port + 1, &host->port));
}

static bool read_any(struct st_filter_host *host, const char *text)
{
	host->how = HOST_ANY;
	return !*text || !strcmp(text, "*");
}

/* HOST:PORT before HOST alone, as ss reads it: "::1:80" is port 80 of ::1. */
static bool read_plain(struct st_filter_host *host, const char *text)
{
	const char *colon = strrchr(text, ':');
	char *front = strndup(text, colon ? (size_t)(colon - text) : strlen(text));
	bool good = front && (read_any(host, front) || read_prefix(host, front)) &&
		    (!colon || read_port(colon + 1, &host->port));

	free(front);
	if (good)
		return true;
	host->port = -1;
	return read_prefix(host, text);
}

/* "inet:", "unix:", ss's "link:" and any other family. Answers what is behind it. */
static const char *read_family(const char *text, int *family)
{
	size_t length = strcspn(text, ":");

	*family = 0;
	if (!text[length])
		return text;
	if (length == 4 && !strncasecmp(text, "link", 4))
		*family = AF_PACKET;
	for (int i = 1; !*family && i < 64; i++) {
		const char *name = socktab_family_name(i);

		if (name && strlen(name) == length && !strncasecmp(text, name, length))
			*family = i;
	}
	return *family ? text + length + 1 : text;
}

static bool read_numeric(struct st_filter_host *host, const char *text)
{
	const char *rest = read_family(text, &host->rows_of);

	host->port = -1;
	host->how = HOST_GLOB;
	if (host->rows_of && !is_inet(host->rows_of))
		return true;
	if (rest[0] == '/' || rest[0] == '@')
		return !host->rows_of;
	if (rest[0] == '[' ? read_bracketed(host, rest) : read_plain(host, rest))
		return true;
	host->port = -1;
	host->how = HOST_GLOB;
	return !host->rows_of && strpbrk(rest, "*?[") && !strchr(rest, ':');
}

/* --- names, looked up where that is wanted */

static bool add_found(struct st_filter_parser *p, struct st_filter_test *test, const char *text,
		      const struct st_filter_host *like, const struct addrinfo *found)
{
	const struct sockaddr_in *in = (const void *)found->ai_addr;
	const struct sockaddr_in6 *in6 = (const void *)found->ai_addr;
	bool inet = found->ai_family == AF_INET;
	struct st_filter_value *value = st_filter_value_add(p, test, text);

	if (!value)
		return false;
	value->host = *like;
	value->host.how = HOST_PREFIX;
	value->host.family = found->ai_family;
	value->host.bits = inet ? 32 : 128;
	memcpy(value->host.bytes, inet ? (const void *)&in->sin_addr : &in6->sin6_addr,
	       inet ? 4 : 16);
	return true;
}

/* As ss: the IPv4 addresses of a name; when it has none, the others. */
static int look_up(const char *name, int family, struct addrinfo **found)
{
	struct addrinfo hints = { .ai_family = family ? family : AF_INET,
				  .ai_socktype = SOCK_STREAM };
	int answer = getaddrinfo(name, NULL, &hints, found);

	if (!answer || family)
		return answer;
	hints.ai_family = AF_INET6;
	return getaddrinfo(name, NULL, &hints, found);
}

static bool read_named(struct st_filter_parser *p, struct st_filter_test *test, const char *text)
{
	struct st_filter_host host = { .port = -1 };
	char *name = strdup(read_family(text, &host.rows_of));
	char *colon = name ? strchr(name, ':') : NULL;
	struct addrinfo *found = NULL;
	bool good = name != NULL;

	if (colon)
		*colon = '\0';
	if (colon && !read_port(colon + 1, &host.port))
		good = false;
	good = good && p->flags & SOCKTAB_FILTER_RESOLVE && isalnum((unsigned char)name[0]) &&
	       !look_up(name, host.rows_of, &found);
	free(name);
	for (struct addrinfo *one = found; good && one; one = one->ai_next)
		good = add_found(p, test, text, &host, one);
	if (found)
		freeaddrinfo(found);
	return good || st_filter_wrong(p, NULL, "'%s' is no address: [FAMILY:]HOST[/BITS][:PORT] "
				       "with IPv6 in [ ], a /PATH or an @NAME", text);
}

bool st_filter_read_host(struct st_filter_parser *p, struct st_filter_test *test, const char *text)
{
	struct st_filter_host host = { .port = -1 };
	struct st_filter_value *value;

	if (!read_numeric(&host, text))
		return read_named(p, test, text);
	value = st_filter_value_add(p, test, text);
	if (value)
		value->host = host;
	return value != NULL;
}

/* [FAMILY:][:]PORT */
bool st_filter_read_port(struct st_filter_parser *p, struct st_filter_test *test, const char *text)
{
	struct st_filter_host host = { .port = -1 };
	const char *port = read_family(text, &host.rows_of);
	struct st_filter_value *value;

	if (!read_port(port + (*port == ':'), &host.port))
		return st_filter_wrong(p, NULL,
				       "'%s' is no port: a number or the name of a service", text);
	if (host.port < 0 && test->operator > FILTER_NE)
		return st_filter_wrong(p, NULL, "'%s' is any port, and has no order", text);
	value = st_filter_value_add(p, test, text);
	if (value)
		value->host = host;
	return value != NULL;
}
