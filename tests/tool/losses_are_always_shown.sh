#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

words='9 lost (7 without a row (table full), 2 processes without a place)'
forge lossy
gives 0 "$SOCKTAB" ls
equal "ls" "1 socket, 1 process; $words" "$(tail -1 "$WORK/out")"
gives 0 "$SOCKTAB" ps
equal "ps" "1 process, 1 alive; $words" "$(tail -1 "$WORK/out")"
gives 0 "$SOCKTAB" show $$:3
equal "show" "$words" "$(tail -1 "$WORK/out")"
gives 0 "$SOCKTAB" ls -J
has "-J" "$OUT" '"lost":{"total":9,"rows":7,'

# Formats of rows alone say it beside them.
for format in -j --csv --no-headings; do
	gives 0 "$SOCKTAB" ls $format
	equal "ls $format" "socktab: the table is not whole: $words" "$ERR"
	has_not "ls $format" "$OUT" lost
done
gives 0 "$SOCKTAB" ls -q
equal "-q" "" "$OUT$ERR"

# Nothing lost: nothing said.
rm "$SOCKTAB_DIR/lossy"
forge sample
gives 0 "$SOCKTAB" ls -j
equal "nothing lost" "" "$ERR"

# A process that lives without the module is a gap, too.
rm "$SOCKTAB_DIR/sample"
forge blind
gives 1 "$SOCKTAB" ls
has "blind" "$OUT" "1 process blind"
gives 0 "$SOCKTAB" ps
has "blind in ps" "$OUT" " blind "
finish
