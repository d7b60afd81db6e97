# SPDX-License-Identifier: MIT
libsocktab_la_CPPFLAGS = $(AM_CPPFLAGS) -D_FILE_OFFSET_BITS=64
libsocktab_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libsocktab_la_LDFLAGS = -version-info 0:0:0 -no-undefined -export-symbols-regex '^socktab_'
libsocktab_la_SOURCES +=
