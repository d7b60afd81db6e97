/* SPDX-License-Identifier: MIT
 *
 * Names of sessions.
 */
#ifndef SESSION_NAME_H
#define SESSION_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* [A-Za-z0-9._-]{1,63}, and no dot in front. */
bool session_name_is_valid(const char *name);

/* An option's setter: exits with wrong_usage when the name is not valid. */
void session_name_set(void *name, const char *arg);

/* "nginx-k3x9p2", of a program's path: random enough that no session has it. */
void session_name_random(const char *program, char *buf, size_t size);

#endif
