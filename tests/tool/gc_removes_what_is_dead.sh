#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

forge sample
forge foreign
forge dead
forge hostile
"$FORGE" "$SOCKTAB_DIR/dead-too" dead $$
head -c 5000 "$SOCKTAB_DIR/dead" >"$SOCKTAB_DIR/cut"
chmod 600 "$SOCKTAB_DIR/cut"
echo notes >"$SOCKTAB_DIR/notes"
# Left over by a creator that died, and one that may be at it now.
touch -d '2 minutes ago' "$SOCKTAB_DIR/.sample.x1y2z3"
touch "$SOCKTAB_DIR/.sample.a1b2c3" "$SOCKTAB_DIR/.hidden"
touch -d '2 minutes ago' "$SOCKTAB_DIR/.hidden"

files() {
	(cd "$SOCKTAB_DIR" && find . -mindepth 1 -printf '%P\n' | sort | tr '\n' ' ')
}
before=$(files)

gives 0 "$SOCKTAB" gc -n
for name in dead dead-too .sample.x1y2z3; do
	has "gc -n" "$OUT" "would remove $name"
done
has "gc -n" "$OUT" "2 sessions would be removed, 4 kept"
equal "a dry run removes nothing" "$before" "$(files)"

gives 0 "$SOCKTAB" gc -v
has "gc" "$OUT" "removed dead"
has "gc" "$OUT" "kept sample: in use"
has "gc" "$OUT" "kept foreign: may be in use"
has "gc" "$OUT" "kept cut: cannot be read"
has "gc" "$OUT" "2 sessions removed, 4 kept"
equal "what is left" ".hidden .sample.a1b2c3 cut foreign hostile notes sample " "$(files)"

gives 0 "$SOCKTAB" gc -q
equal "-q" "" "$OUT$ERR"

# A link to a module goes with the last session.
ln -s /nowhere "$SOCKTAB_DIR/.module-01234567"
touch -h -d '2 minutes ago' "$SOCKTAB_DIR/.module-01234567"
gives 0 "$SOCKTAB" gc
has_not "with sessions" "$OUT" .module
rm "$SOCKTAB_DIR"/[a-z]*
gives 0 "$SOCKTAB" gc
has "without" "$OUT" "removed .module-01234567"

SOCKTAB_DIR=$WORK/nowhere gives 0 "$SOCKTAB" gc
equal "no directory" "0 sessions removed, 0 kept" "$OUT"
finish
