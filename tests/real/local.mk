# SPDX-License-Identifier: MIT
# Real programs, as Debian ships them: each in a session of its own, held against the kernel while
# it works. A program that is not installed is skipped.
real_programs = tests/real/agree tests/real/ended
check_PROGRAMS += $(real_programs)

REAL_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64

tests_real_agree_SOURCES = tests/real/agree.c \
	tests/preload/agree.c tests/preload/agree.h tests/preload/complaints.h \
	tests/preload/kernel.c tests/preload/kernel.h tests/preload/run.h
tests_real_agree_CPPFLAGS = $(REAL_CPPFLAGS)
tests_real_agree_LDADD = libsocktab.la

tests_real_ended_SOURCES = tests/real/ended.c
tests_real_ended_CPPFLAGS = $(REAL_CPPFLAGS)
tests_real_ended_LDADD = libsocktab.la

REAL_TESTS = \
	tests/real/curl.sh \
	tests/real/java.sh \
	tests/real/memcached.sh \
	tests/real/nc.sh \
	tests/real/nginx.sh \
	tests/real/node.sh \
	tests/real/perl.sh \
	tests/real/python_asyncio.sh \
	tests/real/redis.sh \
	tests/real/socat.sh \
	tests/real/sshd.sh \
	tests/real/wget.sh
TESTS += $(REAL_TESTS)

EXTRA_DIST += $(REAL_TESTS) \
	tests/real/lib.sh \
	tests/real/Talk.java \
	tests/real/talk.js \
	tests/real/talk.pl \
	tests/real/talk.py
