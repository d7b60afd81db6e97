# SPDX-License-Identifier: MIT
EXTRA_DIST += tests/demo
include tests/unit/local.mk
include tests/bench/local.mk
include tests/installcheck/local.mk
