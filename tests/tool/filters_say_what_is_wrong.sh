#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# points COLUMN TEXT WORDS...: the complaint, the filter, and a caret under that column
points() {
	local column=$1 text=$2 caret

	shift 2
	printf -v caret '%*s^' $((column + 1)) ''
	gives 2 "$SOCKTAB" ls "$@"
	has "$*" "$ERR" "socktab: filter, column $column: "
	has "$*" "$ERR" "$text"
	equal "$*: the filter" "  $*" "$(sed -n 2p "$WORK/err")"
	equal "$*: the caret" "$caret" "$(sed -n 3p "$WORK/err")"
	equal "$*: lines" 3 "$(wc -l <"$WORK/err" | tr -d ' ')"
	equal "$*: stdout" '' "$OUT"
}

forge sample
points 1 "'sprt' is neither a command nor a word of a filter: did you mean 'sport'?" sprt :80
points 1 "did you mean 'ls'?" lss
points 7 "'establshed' is no state: did you mean 'established'?" state establshed
points 19 "'dprot' is no word of a filter: did you mean 'dport'?" state established dprot :80
points 8 "'accpet' is no origin: did you mean 'accept'?" origin accpet
points 7 "'tpc' is no proto: did you mean 'tcp'?" proto tpc
points 7 "did you mean 'ECONNRESET'?" errno ECONNRSET
points 7 "'5' is no duration" 'age > 5'
points 4 "is no size" 'rx 4Kib8'
points 5 "is no pid" pid x
points 6 "'comm' has no order" comm '>' x
points 6 "something is missing after 'state'" state
points 7 "something is missing after 'sport'" sport and pid 1
points 11 "something is missing at the end" 'nodelay or'
points 4 "something is missing at the end" not
points 1 "this parenthesis is not closed" '( sport = :80'
points 13 "this parenthesis was not opened" 'sport = :80 )'
points 1 "told by the kernel alone" dev lo
points 5 "is no address" dst 10.0.0.0/33
points 5 "is no address" dst '[::1'
points 9 "is no port" sport = :nosuch
points 6 "a quotation mark has no end" "comm 'a b"
points 11 "neither yes nor no" nodelay = perhaps
points 10 "'5' is no duration" 'closed = 5'
# In columns of the terminal, and harmless.
points 10 "no word" 'comm äöü äö 1'
gives 2 "$SOCKTAB" ls comm $'\e[31m' foo
has_not "an escape" "$ERR" $'\e'

gives 2 "$SOCKTAB" ls ls
has "a command" "$ERR" "'ls' is a command and goes first"
finish
