#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# session_of ARGUMENTS...: which one ls reads
session_of() {
	"$SOCKTAB" ls -a --no-headings -o SESSION "$@" | sort -u | tr -d ' '
}

complains 1 "no session" "$SOCKTAB" ls
complains 1 "no session" "$SOCKTAB" ps
complains 1 "no session" "$SOCKTAB" show 1
complains 1 "no session" "$SOCKTAB" ls --all

forge sample
forge lossy
sleep 0.01
forge dead
equal "by name" sample "$(session_of -S sample)"
equal "by --session" dead "$(session_of --session=dead)"
equal "by path" dead "$(session_of -S "$SOCKTAB_DIR/dead")"
# The one made last has no live process.
equal "the newest live one" lossy "$(session_of 2>/dev/null)"
equal "all" "dead lossy sample" "$(session_of --all 2>/dev/null | tr '\n' ' ' | sed 's/ $//')"
has "--all says which" "$("$SOCKTAB" ls --all | head -1)" SESSION
has "--all in ps" "$("$SOCKTAB" ps --all | head -1)" SESSION
complains 1 "nosuch" "$SOCKTAB" ls -S nosuch
complains 2 "exclude each other" "$SOCKTAB" ls --all -S sample

# One that cannot be read is told, and does not hide the others.
head -c 5000 "$SOCKTAB_DIR/sample" >"$SOCKTAB_DIR/cut"
chmod 600 "$SOCKTAB_DIR/cut"
complains 125 "cut" "$SOCKTAB" ls -S cut
run "$SOCKTAB" ls --all
has "the cut one" "$ERR" "cut"
has "the others" "$OUT" sample
chmod 755 "$SOCKTAB_DIR"
complains 125 "mode 755" "$SOCKTAB" ls
finish
