# SPDX-License-Identifier: MIT
# The tool has the reader inside of it: as a program of its own it needs no LD_LIBRARY_PATH, which
# in the build tree the programs that it starts would inherit, and no ldconfig after installing.
libsocktab_la_SOURCES =
libsocktab_la_LIBADD = lib/reader/libreader.la
libsocktab_la_LDFLAGS = -version-info 0:0:0 -no-undefined -export-symbols-regex '^socktab_'

noinst_LTLIBRARIES += lib/reader/libreader.la
lib_reader_libreader_la_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
lib_reader_libreader_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_reader_libreader_la_SOURCES = \
	lib/abi.h lib/atomic.h lib/socktab.h lib/nearest.h lib/nearest.c \
	lib/reader/reader.h \
	lib/reader/address.c \
	lib/reader/complain.c \
	lib/reader/datagrams.c \
	lib/reader/directory.c \
	lib/reader/facts.c \
	lib/reader/filter.h \
	lib/reader/filter.c \
	lib/reader/filter_host.c \
	lib/reader/filter_kinds.c \
	lib/reader/filter_parse.c \
	lib/reader/filter_states.c \
	lib/reader/filter_text.c \
	lib/reader/filter_units.c \
	lib/reader/filter_words.c \
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
