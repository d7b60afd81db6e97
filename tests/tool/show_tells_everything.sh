#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# field NAME: its text in $WORK/out
field() {
	sed -n "s/^  $1  *//p" "$WORK/out"
}

forge sample
gives 0 "$SOCKTAB" show $$:4
for section in descriptor socket addresses traffic times options process; do
	grep -qx $section "$WORK/out" || failed "no section $section"
done
equal FD 4 "$(field FD)"
equal LOCAL 127.0.0.1:8080 "$(field LOCAL)"
equal PARENT $$:3 "$(field PARENT)"
equal HELDBY $$:4 "$(field HELDBY)"
equal TXERRNO EPIPE "$(field TXERRNO)"
equal RCVTIMEO 1.5s "$(field RCVTIMEO)"
equal CMDLINE "server --port 8080" "$(field CMDLINE)"
has "a moment" "$(field CREATED)" " ago)"
equal "last line" "0 lost" "$(tail -1 "$WORK/out")"
has_not "what is not known" "$OUT" BACKLOG
gives 0 "$SOCKTAB" show -v $$:4
has "-v" "$OUT" "  BACKLOG     -"
equal "exact bytes" 1234567 "$(field RX | head -1)"
while read -r column _; do
	grep -q "^  $column " "$WORK/out" || failed "-v lacks $column"
done < <("$SOCKTAB" ls -o help)

by_fd=$("$SOCKTAB" show -j $$:4 | python3 -c 'import json, sys; print(json.load(sys.stdin)["cookie"])')
equal "its cookie" 101 "$by_fd"
gives 0 "$SOCKTAB" show 101
equal "by cookie" 4 "$(field FD)"

# The closed one has its last words.
gives 0 "$SOCKTAB" show $$:12
equal STATE CLOSED "$(field STATE)"
equal CLOSER close "$(field CLOSER)"
has TCP "$(field TCP)" "rtt 150us, cwnd 10, mss 65483"
finish
