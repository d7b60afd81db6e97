# SPDX-License-Identifier: MIT
include tests/libc/local.mk
include tests/preload/local.mk
EXTRA_DIST += tests/demo tests/HAZARDS
include tests/faults/local.mk
include tests/suites/local.mk
include tests/unit/local.mk
include tests/bench/local.mk
include tests/installcheck/local.mk
include tests/real/local.mk
include tests/tool/local.mk
