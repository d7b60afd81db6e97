/* SPDX-License-Identifier: MIT
 *
 * Strings that a program chose, made harmless.
 */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <stddef.h>

/* For a terminal: what could move its cursor or is no text of its encoding becomes \xNN. Writes
 * at most size bytes with the NUL, never half a character or escape; answers the length. */
size_t escape_text(char *out, size_t size, const char *in, size_t len);

/* For JSON: what is no UTF-8 becomes U+FFFD. Otherwise as above. NULs stay. */
size_t escape_utf8(char *out, size_t size, const char *in, size_t len);

#endif
