# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
#
# Sourced by the tests that compare the module, lib/calls.def and this libc: lists of names, one
# a line, sorted. They run in the top of the build tree.

export LC_ALL=C
MODULE=.libs/libsocktab-preload.so
LISTS=${srcdir:-.}/tests/libc
FAILURES=0

for program in nm ldd; do
	command -v $program >/dev/null && continue
	echo "no $program here"
	exit 77
done

# defined_by FILE: the functions that it exports, with their versions
defined_by() {
	nm -D --defined-only "$1" | awk '$2 ~ /^[TWi]$/ { print $3 }' | sort -u
}

# The libc that the module, and every program of the tests, is linked with.
libc_functions() {
	local libc

	libc=$(ldd "$MODULE" | awk '$1 ~ /^libc\.so/ { print $3 }')
	[[ -e $libc ]] || return 1
	# What libc's parts have among themselves no program can be linked with.
	defined_by "$libc" | grep -v '@GLIBC_PRIVATE$' | sed 's/@.*//' | sort -u
}

# wrapped: what calls.def says, preprocessed for this libc; the old version of a name with its
# version.
wrapped() {
	sed -n 's/^+//p' tests/libc/wrapped | sort -u
}

# listed FILE: the names of one of our lists
listed() {
	sed 's/#.*//' "$LISTS/$1" | tr -s ' \t' '\n' | grep . | sort
}

# none WHAT: fails when there is anything on standard input
none() {
	local names

	names=$(tr '\n' ' ')
	[[ -z $names ]] && return
	printf 'FAILED: %s: %s\n' "$1" "$names"
	FAILURES=$((FAILURES + 1))
}

finish() {
	((FAILURES)) && exit 1
	exit 0
}
