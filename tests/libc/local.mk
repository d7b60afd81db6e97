# SPDX-License-Identifier: MIT
# The module's exports, lib/calls.def and this libc held against each other.
LIBC_TESTS = \
	tests/libc/every_function_of_libc_is_decided.sh \
	tests/libc/the_module_exports_what_is_listed.sh
TESTS += $(LIBC_TESTS)
EXTRA_DIST += $(LIBC_TESTS) tests/libc/lib.sh tests/libc/exceptions tests/libc/no_descriptor

check_DATA += tests/libc/wrapped
CLEANFILES += tests/libc/wrapped
tests/libc/wrapped: lib/calls.def config.h
	$(AM_V_GEN)$(MKDIR_P) tests/libc && \
	$(CC) -E -P -x c -include config.h '-DCALL(name)=+name' '-DALIAS(name, of)=+name' \
		'-DVERSIONED(name, version)=+name@version' $(top_srcdir)/lib/calls.def >$@
