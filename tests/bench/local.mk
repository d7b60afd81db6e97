# SPDX-License-Identifier: MIT
# make bench, make bench-instructions. The measured programs know nothing of socktab.
bench_programs = tests/bench/calls tests/bench/hold tests/bench/requests
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
tests_bench_calls_SOURCES = tests/bench/calls.c tests/bench/kinds.c tests/bench/kinds.h
tests_bench_calls_CPPFLAGS = -D_GNU_SOURCE
tests_bench_calls_CFLAGS = $(WARN_CFLAGS)
tests_bench_calls_LDADD = -lpthread
tests_bench_hold_SOURCES = tests/bench/hold.c
tests_bench_hold_CFLAGS = $(WARN_CFLAGS)
tests_bench_requests_SOURCES = tests/bench/requests.c
tests_bench_requests_CFLAGS = $(WARN_CFLAGS)

EXTRA_DIST += tests/bench/run tests/bench/instructions tests/bench/listing tests/bench/server \
	tests/bench/session-size

bench_module = $(abs_builddir)/.libs/libsocktab-preload.so

bench: all $(bench_programs)
	$(SHELL) $(srcdir)/tests/bench/run $(abs_srcdir) $(abs_builddir)/tests/bench \
		$(abs_builddir)/tools/socktab $(bench_module)

bench-instructions: all $(bench_programs)
	$(SHELL) $(srcdir)/tests/bench/instructions $(abs_builddir)/tests/bench $(bench_module)

bench-programs: $(bench_programs)

.PHONY: bench bench-instructions bench-programs
