# SPDX-License-Identifier: MIT
# Test suites of other people, bare and under the module. `make check-suites SUITES=glib` runs one.
SUITES =
TESTS += tests/suites/short.sh
EXTRA_DIST += \
	tests/suites/run \
	tests/suites/short.sh \
	tests/suites/flaky \
	tests/suites/verdicts_of_junit.py \
	tests/suites/tap.sh \
	tests/suites/dbus.sh \
	tests/suites/glib.sh \
	tests/suites/openssh.sh \
	tests/suites/python.sh \
	tests/suites/twisted.sh

check-suites: all
	$(top_srcdir)/tests/suites/run $(SUITES)
.PHONY: check-suites
