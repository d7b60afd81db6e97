# SPDX-License-Identifier: MIT
# The module in a world that refuses it: a variant whose kernel_call can be told to fail.
if HAVE_CHECK
check_LTLIBRARIES += tests/faults/libfaulty.la
tests_faults_libfaulty_la_CPPFLAGS = $(PRELOAD_CPPFLAGS)
tests_faults_libfaulty_la_CFLAGS = $(PRELOAD_CFLAGS)
tests_faults_libfaulty_la_LIBADD = lib/preload/libcore.la
tests_faults_libfaulty_la_DEPENDENCIES = lib/preload/libcore.la lib/preload/exports.map
# With -rpath libtool makes it shared.
tests_faults_libfaulty_la_LDFLAGS = $(libsocktab_preload_la_LDFLAGS) -rpath $(pkglibdir) \
	-Wl,--wrap=kernel_call
tests_faults_libfaulty_la_SOURCES = $(libsocktab_preload_la_SOURCES) tests/faults/faulty.c

check_PROGRAMS += tests/faults/faults
TESTS += tests/faults/faults
tests_faults_faults_CPPFLAGS = $(harness_cppflags) -I$(top_srcdir)/tests/preload \
	-DFAULTY_MODULE='"$(abs_builddir)/tests/faults/.libs/libfaulty.so"'
tests_faults_faults_CFLAGS = $(harness_cflags)
tests_faults_faults_LDADD = tests/preload/libharness.la
endif
