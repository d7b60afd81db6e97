# SPDX-License-Identifier: MIT
include tests/preload/local.mk
