#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
. "${srcdir:-.}/tests/tool/lib.sh"
terminal=${srcdir:-.}/tests/tool/on_a_terminal.py

forge dead
# Into a pipe: one block below the other, with what is new, until a signal.
"$SOCKTAB" ls -w 0.1 -a -o FD >"$WORK/blocks" &
pid=$!
CHILDREN+=("$pid")
blocks() {
	(($(grep -c "0 lost" "$WORK/blocks") >= $1))
}
wait_until 10 blocks 3 || failed "no third block"
kill -TERM "$pid"
wait "$pid"
equal "ended by SIGTERM" 143 $?
has_not "no terminal" "$(cat "$WORK/blocks")" $'\033'
equal "a block" "FD 3 4 5 3 sockets, 1 process; 0 lost" "$(head -5 "$WORK/blocks" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')"

# On a terminal: in place, and the terminal as it was after Ctrl-C.
out=$(python3 "$terminal" "80:0 lost=,0 lost=^C" "$SOCKTAB" ls -a -w0.1)
equal "Ctrl-C" 0 $?
enter=$'\033[?1049h\033[?25l' leave=$'\033[?25h\033[?1049l'
has "enters" "$out" "$enter"$'\033[H'
equal "leaves at the end" "$leave" "${out: -${#leave}}"

# Ctrl-Z gives the terminal back for a while.
shell='set -m; "$0" ls -a -w 0.1; echo "stopped $?"; fg >/dev/null; echo "ended $?"'
out=$(python3 "$terminal" "80:0 lost=^Z,stopped=,0 lost=^C" bash -c "$shell" "$SOCKTAB" 2>&1)
has "Ctrl-Z" "$out" "stopped 148"
has "fg" "$out" "ended 0"
equal "enters twice" 2 "$(grep -o $'\033\\[?1049h' <<<"$out" | wc -l)"
equal "leaves twice" 2 "$(grep -o $'\033\\[?1049l' <<<"$out" | wc -l)"

# More rows than lines: the last line stays in sight.
rm "$SOCKTAB_DIR/dead"
forge many 100
out=$(python3 "$terminal" "80:0 lost=^C" "$SOCKTAB" ls -w0.1)
has "as many as fit" "$out" "... 79 more"
has "the last line" "$out" "100 sockets, 1 process; 0 lost"

# A session that breaks ends the watch with a word.
python3 "$terminal" "80:0 lost=" "$SOCKTAB" ls -w0.1 >"$WORK/broken" &
pid=$!
CHILDREN+=("$pid")
wait_until 10 grep -q "0 lost" "$WORK/broken"
sleep 0.3
truncate -s 1000 "$SOCKTAB_DIR/many"
wait "$pid"
equal "broken" 125 $?
has "broken" "$(tail -1 "$WORK/broken")" "socktab: "
finish
