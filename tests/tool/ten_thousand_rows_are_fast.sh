#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# The figures are for people to read; the limits only catch what grows with the square.
milliseconds() {
	local start=${EPOCHREALTIME/./}

	"$@" >"$WORK/out" || failed "$*"
	echo $(((${EPOCHREALTIME/./} - start) / 1000))
}

forge many 10000
for format in "" -J -j --csv "--sort -RX" "-o +INODE,PARENT,HOLDERS"; do
	# shellcheck disable=SC2086
	took=$(milliseconds "$SOCKTAB" ls $format)
	echo "ls $format: 10,000 rows in $took ms"
	((took < 3000)) || failed "ls $format: $took ms"
done
took=$(milliseconds "$SOCKTAB" ps)
echo "ps: $took ms"
took=$(milliseconds "$SOCKTAB" show $$:5000)
echo "show: $took ms"
run "$SOCKTAB" ls
equal "rows" 10002 "$(wc -l <"$WORK/out")"
has "last line" "$OUT" "10000 sockets, 1 process; 0 lost"
finish
