#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# harmless WHAT: of $WORK/out and $WORK/err, nothing but text and newlines
harmless() {
	if LC_ALL=C grep -q $'[\001-\011\013-\037\177]' "$WORK/out" "$WORK/err"; then
		failed "$1: control characters: $(od -c "$WORK/out" | head -20)"
	fi
}

forge hostile
gives 0 "$SOCKTAB" ls
harmless ls
has "the process's name" "$OUT" '\x1b]0;owned\x07'
has "the path" "$OUT" '"a,b"\x0a\x1b[31m\xff'$'\303\251'
equal "one line a row" 3 "$(wc -l <"$WORK/out")"
gives 0 "$SOCKTAB" ps
harmless ps
has "its arguments" "$OUT" '\x1b]0;owned\x07 \xff'
gives 0 "$SOCKTAB" show $$:3
harmless show
gives 0 env LC_ALL=C "$SOCKTAB" ls
harmless "ls in the C locale"
if LC_ALL=C grep -q $'[\200-\377]' "$WORK/out"; then
	failed "more than ASCII in the C locale"
fi
has "escaped there" "$OUT" '\xc3\xa9'
gives 1 "$SOCKTAB" ls -S $'no\033such'
harmless "a complaint"

# On a terminal CSV is escaped, too; into a file it goes as it is.
python3 "${srcdir:-.}/tests/tool/on_a_terminal.py" 200 "$SOCKTAB" ls --csv >"$WORK/out"
has_not "CSV on a terminal" "$(cat "$WORK/out")" $'\033'
finish
