/* SPDX-License-Identifier: MIT
 *
 * Here we escape what programs named.
 */
#include "config.h"

#include <langinfo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wctype.h>

#include "escape.h"

/* Length of the character at s, at most `left`; 0: no UTF-8. */
static size_t utf8_decode(const unsigned char *s, size_t left, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 :
		     s[0] < 0xf5 ? 4 : 0;

	if (!len || len > left)
		return 0;
	*code = len == 1 ? s[0] : s[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	if (*code < least[len] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return len;
}

/* Characters that print nothing themselves but turn the direction of what follows. */
static bool turns_text(uint32_t code)
{
	return code == 0x61c || code == 0x200e || code == 0x200f ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool terminal_is_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static bool is_ascii_text(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

/* Length of what a terminal may be shown as it is at s; 0: to be escaped. */
static size_t showable(const unsigned char *s, size_t left)
{
	uint32_t code;
	size_t len;

	if (is_ascii_text(s[0]))
		return 1;
	if (s[0] < 0x80 || !terminal_is_utf8())
		return 0;
	len = utf8_decode(s, left, &code);
	return len && iswprint((wint_t)code) && !turns_text(code) ? len : 0;
}

size_t escape_text(char *out, size_t size, const char *in, size_t len)
{
	size_t at = 0;

	for (size_t i = 0, step; i < len; i += step ? step : 1) {
		step = showable((const unsigned char *)in + i, len - i);
		if (at + (step ? step : 4) >= size)
			break;
		if (step)
			memcpy(out + at, in + i, step);
		else
			snprintf(out + at, 5, "\\x%02x", (unsigned char)in[i]);
		at += step ? step : 4;
	}
	out[at] = '\0';
	return at;
}

size_t escape_utf8(char *out, size_t size, const char *in, size_t len)
{
	static const char replacement[] = "\xef\xbf\xbd";
	uint32_t code;
	size_t at = 0;

	for (size_t i = 0, step; i < len; i += step ? step : 1) {
		step = utf8_decode((const unsigned char *)in + i, len - i, &code);
		if (at + (step ? step : 3) >= size)
			break;
		memcpy(out + at, step ? in + i : replacement, step ? step : 3);
		at += step ? step : 3;
	}
	out[at] = '\0';
	return at;
}
