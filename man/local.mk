# SPDX-License-Identifier: MIT
dist_man_MANS += man/socktab.1 man/socktab.5
