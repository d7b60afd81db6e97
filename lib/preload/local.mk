# SPDX-License-Identifier: MIT
pkglib_LTLIBRARIES += libsocktab-preload.la
