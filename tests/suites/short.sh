#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The part of check-suites that is short enough for every day.
exec "${srcdir:-.}/tests/suites/run" --short python twisted glib dbus
