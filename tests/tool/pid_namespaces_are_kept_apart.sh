#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
#
# A process of another pid namespace is never said to be dead from outside it, as nobody can tell
# there; inside it is, and its pid names nobody outside.
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module
if ! unshare --pid --fork true 2>/dev/null; then
	echo "no pid namespaces here"
	exit 77
fi

mkfifo "$WORK/hold"
# It keeps the parent's /proc, as most sandboxes do not; then with one of its own.
for proc in '' --mount-proc; do
	exec {hold}<>"$WORK/hold"
	# shellcheck disable=SC2086 # one option, or none
	"$SOCKTAB" run -n spaces unshare --pid --fork $proc \
		sh -c 'read -r line <"$0"' "$WORK/hold" &
	waiting=$!
	CHILDREN+=("$waiting")
	wait_until 10 sh -c '"$0" ps -S spaces --no-headings -o COMMAND | grep -qx sh' "$SOCKTAB" ||
		failed "$proc: the inner shell has no row"
	gives 0 "$SOCKTAB" ps -S spaces --no-headings -o COMMAND,LIFE
	has_not "$proc: while it lives" "$(grep '^sh ' "$WORK/out")" "gone"
	gives 0 "$SOCKTAB" gc -n
	has_not "$proc: gc would remove it" "$OUT" "spaces"
	echo >&"$hold"
	exec {hold}>&-
	wait "$waiting" || failed "$proc: status $?"
	gives 0 "$SOCKTAB" ps -S spaces --no-headings -o COMMAND,LIFE
	has_not "$proc: at its end" "$(grep '^sh ' "$WORK/out")" "alive"
	rm -f "$SOCKTAB_DIR/spaces"
done
finish
