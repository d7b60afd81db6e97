#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/libc/lib.sh"

# A default version is the name itself; every other is a name of its own.
exports=$(defined_by "$MODULE" | sed 's/@@.*//' | sort -u)
[[ -n $exports ]] || echo "$MODULE" | none "exports nothing"
comm -23 <(wrapped) <(echo "$exports") | none "in lib/calls.def and not exported"
comm -13 <(wrapped) <(echo "$exports") | none "exported and not in lib/calls.def"

# A name with a version that the program did not ask for interposes nothing.
nm -D --defined-only "$MODULE" | awk '$2 != "A" && $3 ~ /@/ { print $3 }' |
	grep -vE '^posix_spawnp?@(@GLIBC_2\.15|GLIBC_2\.2\.5)$' | none "exported with a version"

# A libc that is older must not lack what we need: nothing that is newer than the oldest one.
nm -D --undefined-only "$MODULE" | awk '{ print $2 }' | grep '@GLIBC_PRIVATE' | none "private to libc"
finish
