#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
#
# Each function that this libc exports is wrapped (lib/calls.def), or takes, makes or destroys a
# descriptor and is an exception with its reason, or has none. A function that a new libc brings
# fails here until somebody has decided: read what it does, and put it where it belongs.
. "${srcdir:-.}/tests/libc/lib.sh"

functions=$(libc_functions)
(($(wc -w <<<"$functions") > 1000)) || echo "$MODULE" | none "not linked with a libc that we can read"

names=$(wrapped | sed 's/@.*//' | sort -u)
decided=$(sort <(echo "$names") <(listed exceptions) <(listed no_descriptor))
comm -23 <(echo "$functions") <(uniq <<<"$decided") | none "decided nowhere"
uniq -d <<<"$decided" | none "decided twice"
comm -13 <(echo "$functions") <(echo "$names") | none "wrapped, and this libc has it not"

# Each exception stands under a reason: a paragraph that starts with a comment.
awk 'BEGIN { RS = "" } !/^#/ { print $1 }' "$LISTS/exceptions" | none "an exception without a reason"
finish
