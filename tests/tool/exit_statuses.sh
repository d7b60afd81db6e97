#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

forge sample
gives 0 "$SOCKTAB" ls
gives 0 "$SOCKTAB"
gives 1 "$SOCKTAB" ls -p 1
gives 1 "$SOCKTAB" ls state bucket
gives 1 "$SOCKTAB" ls -J -p 1
python3 -m json.tool <"$WORK/out" >/dev/null || failed "JSON of nothing"
gives 0 "$SOCKTAB" ls -q
equal "-q" "" "$OUT$ERR"
gives 1 "$SOCKTAB" ls -q -p 1
gives 0 "$SOCKTAB" ps -p $$
gives 1 "$SOCKTAB" ps -p 1
gives 0 "$SOCKTAB" show $$:4
complains 1 "no socket 1:1" "$SOCKTAB" show 1:1
complains 2 "neither PID:FD nor a cookie" "$SOCKTAB" show x:1
complains 2 "neither PID:FD nor a cookie" "$SOCKTAB" show 1:-1
complains 2 "neither PID:FD nor a cookie" "$SOCKTAB" show 0
complains 2 "which socket" "$SOCKTAB" show
complains 2 "seconds" "$SOCKTAB" ls -w0
complains 2 "seconds" "$SOCKTAB" ls --watch=x
complains 2 "auto, always or never" "$SOCKTAB" ls --color=often
complains 2 "which command" "$SOCKTAB" run
complains 2 "which command" "$SOCKTAB" run --summary --
complains 2 "no name for a session" "$SOCKTAB" run -n .x true
complains 2 "no name for a session" "$SOCKTAB" env -n "$(printf 'x%.0s' {1..64})"
complains 2 "number of rows" "$SOCKTAB" run --rows 0 true
complains 2 "number of rows" "$SOCKTAB" run --rows -1 true
complains 2 "not known yet" "$SOCKTAB" run --trace true
complains 2 "which shell" "$SOCKTAB" completion
complains 2 "which shell" "$SOCKTAB" completion tcsh

# Output that goes nowhere is a failure.
if [[ -e /dev/full ]]; then
	for command in help ls "ls -J" "ls --csv" ps "show $$:4" env; do
		# shellcheck disable=SC2086
		"$SOCKTAB" $command >/dev/full 2>"$WORK/err"
		equal "$command to a full device" 125 $?
		has "$command to a full device" "$(cat "$WORK/err")" "standard output"
	done
fi
finish
