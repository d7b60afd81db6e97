# SPDX-License-Identifier: MIT
libsocktab_la_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
libsocktab_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libsocktab_la_LDFLAGS = -version-info 0:0:0 -no-undefined -export-symbols-regex '^socktab_'
libsocktab_la_SOURCES += \
	lib/reader/reader.h \
	lib/reader/address.c \
	lib/reader/complain.c \
	lib/reader/datagrams.c \
	lib/reader/directory.c \
	lib/reader/header.c \
	lib/reader/join.c \
	lib/reader/life.c \
	lib/reader/losses.c \
	lib/reader/open.c \
	lib/reader/order.c \
	lib/reader/processes.c \
	lib/reader/protocols.c \
	lib/reader/remove.c \
	lib/reader/rows.c \
	lib/reader/sessions.c \
	lib/reader/snapshot.c \
	lib/reader/stretch.c \
	lib/reader/words.c
