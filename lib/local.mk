# SPDX-License-Identifier: MIT
# Two libraries that share abi.h and atomic.h and nothing else.

# --- the reader: attaches to a table and copies rows out of it
lib_LTLIBRARIES += libsocktab.la
include_HEADERS = lib/socktab.h
pkgconfig_DATA = lib/libsocktab.pc
include lib/reader/local.mk

# --- the module: everything that runs inside somebody else's process
include lib/preload/local.mk
