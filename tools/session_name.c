/* SPDX-License-Identifier: MIT
 *
 * Here we name sessions.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "complain.h"
#include "session_name.h"

static const char name_chars[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

bool session_name_is_valid(const char *name)
{
	size_t len = strlen(name);

	return len >= 1 && len <= 63 && name[0] != '.' && strspn(name, name_chars) == len;
}

void session_name_set(void *name, const char *arg)
{
	if (!session_name_is_valid(arg))
		wrong_usage("'%s' is no name for a session: 1 to 63 of A-Z a-z 0-9 . _ -, and no "
			    "dot in front", arg);
	*(const char **)name = arg;
}

void session_name_random(const char *program, char *buf, size_t size)
{
	static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
	const char *slash = strrchr(program, '/');
	char name[40];
	unsigned char dice[6];
	size_t len = 0;

	for (const char *c = slash ? slash + 1 : program; *c && len < sizeof(name) - 1; c++)
		if (strchr(name_chars, *c) && !(len == 0 && *c == '.'))
			name[len++] = *c;
	name[len] = '\0';
	if (getrandom(dice, sizeof(dice), 0) != sizeof(dice))
		abort();
	for (size_t i = 0; i < sizeof(dice); i++)
		dice[i] = (unsigned char)alphabet[dice[i] % 32];
	snprintf(buf, size, "%s-%.6s", len ? name : "run", dice);
}
