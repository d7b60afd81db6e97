#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
terminal=${srcdir:-.}/tests/tool/on_a_terminal.py

# widest: line of the output
widest() {
	sed 's/\x1b\[[0-9;]*m//g' "$WORK/out" | head -n -1 | awk '{ if (length > n) n = length } END { print n }'
}
on() {
	python3 "$terminal" "$@" >"$WORK/out"
}

forge sample
on 70 "$SOCKTAB" ls
(($(widest) <= 70)) || failed "wider than 70 columns: $(widest)"
# What is cut says so, and an address keeps its port.
has "a cut address" "$(cat "$WORK/out")" '~0.1:40000'
has "a cut word" "$(cat "$WORK/out")" 'unix-seq~'
has_not "a cut address" "$(cat "$WORK/out")" ' 127.0.0.1:400 '
on 20 "$SOCKTAB" ls
has "too narrow" "$(cat "$WORK/out")" 'ESTAB'
on 60 "$SOCKTAB" ls --notruncate -o +ORIGIN
(($(widest) > 80)) || failed "--notruncate cuts"
has "--notruncate" "$(cat "$WORK/out")" 127.0.0.1:40000
whole=$("$SOCKTAB" ls)
has "not on a terminal" "$whole" 127.0.0.1:40000

# Colours: on a terminal, unless it is not wanted.
green=$'\033[32m'
on 200 "$SOCKTAB" ls
has "on a terminal" "$(cat "$WORK/out")" "${green}ESTAB"
on 200 env NO_COLOR=1 "$SOCKTAB" ls
has_not "NO_COLOR" "$(cat "$WORK/out")" $'\033'
on 200 env NO_COLOR= "$SOCKTAB" ls
has "empty NO_COLOR" "$(cat "$WORK/out")" "$green"
on 200 "$SOCKTAB" ls --color=never
has_not "--color=never" "$(cat "$WORK/out")" $'\033'
has_not "into a pipe" "$whole" $'\033'
has "--color=always" "$("$SOCKTAB" ls --color=always)" "$green"
has "--color always" "$(NO_COLOR=1 "$SOCKTAB" ls --color always)" "$green"
has "show in colour" "$("$SOCKTAB" show --color=always $$:4)" "${green}ESTAB"
has "the dead are dim" "$("$SOCKTAB" ls -a --color=always state closed)" $'\033[2mCLOSED'
finish
