# SPDX-License-Identifier: MIT
# The reader library held against forged tables. What is the library's own is hidden, so these
# tests know it as its users do.
UNIT_TESTS = \
	tests/unit/opening \
	tests/unit/damage \
	tests/unit/decoding \
	tests/unit/filter \
	tests/unit/interleaving \
	tests/unit/joining \
	tests/unit/life \
	tests/unit/spelling \
	tests/unit/writers

if HAVE_CHECK
check_PROGRAMS += $(UNIT_TESTS)
check_LTLIBRARIES += tests/unit/libforge.la
TESTS += $(UNIT_TESTS)
endif

UNIT_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
UNIT_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
UNIT_LIBS = tests/unit/libforge.la libsocktab.la $(CHECK_LIBS)

tests_unit_libforge_la_SOURCES = tests/unit/forge.c tests/unit/forge.h
tests_unit_libforge_la_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_libforge_la_CFLAGS = $(UNIT_CFLAGS)

tests_unit_opening_SOURCES = tests/unit/opening.c
tests_unit_opening_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_opening_CFLAGS = $(UNIT_CFLAGS)
tests_unit_opening_LDADD = $(UNIT_LIBS)

tests_unit_damage_SOURCES = tests/unit/damage.c
tests_unit_damage_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_damage_CFLAGS = $(UNIT_CFLAGS)
tests_unit_damage_LDADD = $(UNIT_LIBS)

tests_unit_decoding_SOURCES = tests/unit/decoding.c
tests_unit_decoding_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_decoding_CFLAGS = $(UNIT_CFLAGS)
tests_unit_decoding_LDADD = $(UNIT_LIBS)

tests_unit_filter_SOURCES = tests/unit/filter.c
tests_unit_filter_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_filter_CFLAGS = $(UNIT_CFLAGS)
tests_unit_filter_LDADD = $(UNIT_LIBS)

tests_unit_interleaving_SOURCES = tests/unit/interleaving.c
tests_unit_interleaving_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_interleaving_CFLAGS = $(UNIT_CFLAGS)
tests_unit_interleaving_LDADD = $(UNIT_LIBS)

tests_unit_joining_SOURCES = tests/unit/joining.c
tests_unit_joining_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_joining_CFLAGS = $(UNIT_CFLAGS)
tests_unit_joining_LDADD = $(UNIT_LIBS)

tests_unit_life_SOURCES = tests/unit/life.c
tests_unit_life_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_life_CFLAGS = $(UNIT_CFLAGS) -pthread
tests_unit_life_LDADD = $(UNIT_LIBS)

tests_unit_spelling_SOURCES = tests/unit/spelling.c
tests_unit_spelling_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_spelling_CFLAGS = $(UNIT_CFLAGS)
tests_unit_spelling_LDADD = $(UNIT_LIBS)

tests_unit_writers_SOURCES = tests/unit/writers.c
tests_unit_writers_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_writers_CFLAGS = $(UNIT_CFLAGS) -pthread
tests_unit_writers_LDADD = $(UNIT_LIBS)
