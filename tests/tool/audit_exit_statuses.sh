#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# in_session NAME DEED...: PROGRAM waits in a session of that name
in_session() {
	local name=$1

	shift
	: >"$WORK/said"
	"$SOCKTAB" run -n "$name" tests/tool/on_the_quiet "$@" >"$WORK/said" &
	PROGRAM=$!
	CHILDREN+=("$PROGRAM")
	wait_until 10 grep -q . "$WORK/said" || failed "$name did not start"
}

# Nothing to judge is a failure, not a verdict.
complains 125 "no session" "$SOCKTAB" audit
in_session clean nothing
gives 0 "$SOCKTAB" audit -S clean -p "$PROGRAM"
complains 125 "no live process 1 in this session" "$SOCKTAB" audit -S clean -p 1
complains 125 "no live process 1 in this session" "$SOCKTAB" audit -S clean -p "$PROGRAM,1"
complains 125 "" "$SOCKTAB" audit -S nowhere
complains 2 "does not know what to do with 'x'" "$SOCKTAB" audit x
complains 2 "did you mean 'KERNEL'?" "$SOCKTAB" audit -o kernl
gives 0 "$SOCKTAB" audit -q
equal "-q" "" "$OUT$ERR"
gives 0 "$SOCKTAB" audit -J
python3 -m json.tool <"$WORK/out" >/dev/null || failed "JSON without a gap"

# A gap of one process is none of the other.
first=$PROGRAM
SOCKTAB_SESSION=clean in_session clean opens
gives 0 "$SOCKTAB" audit -S clean -p "$first"
gives 1 "$SOCKTAB" audit -S clean -p "$PROGRAM"
gives 1 "$SOCKTAB" audit -S clean -q
in_session other nothing
gives 0 "$SOCKTAB" audit -S other
gives 1 "$SOCKTAB" audit --all
has "--all" "$OUT" "SESSION"

# What the module lost is a gap.
: >"$WORK/said"
"$SOCKTAB" run -n full --rows 32 python3 -c '
import socket, time
held = [socket.socket() for i in range(40)]
print("ready", flush=True)
time.sleep(60)' >"$WORK/said" &
CHILDREN+=($!)
wait_until 10 grep -q ready "$WORK/said"
gives 1 "$SOCKTAB" audit -S full
has "full" "$OUT" " 8 missing, "
has "full" "$OUT" "the table was full"
has "full" "$(tail -1 "$WORK/out")" "8 lost (8 without a row (table full))"
has "full" "$(grep ' lost ' "$WORK/out")" "8 without a row"

# Of the dead only what was recorded is left.
kill "$first"
wait "$first" 2>/dev/null
in_session "done" nothing
kill "$PROGRAM"
wait "$PROGRAM" 2>/dev/null
gives 0 "$SOCKTAB" audit -S "done"
has "dead" "$OUT" "0 processes"

# Who may not look does not judge. Root may look at everything, so another user tries.
as_user=()
if [[ $(id -u) == 0 ]]; then
	command -v setpriv >/dev/null || finish
	as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chmod 755 "$WORK"
	mkdir "$WORK/nobody"
	chown 65534:65534 "$WORK/nobody"
	chmod 700 "$WORK/nobody"
	"${as_user[@]}" test -x "$SOCKTAB" -a -r "$MODULE" || finish
	export SOCKTAB_DIR=$WORK/nobody
fi
: >"$WORK/said"
"${as_user[@]}" "$SOCKTAB" run -n shy tests/tool/on_the_quiet hides >"$WORK/said" &
CHILDREN+=($!)
wait_until 10 grep -q . "$WORK/said" || failed "the shy one did not start"
gives 1 "${as_user[@]}" "$SOCKTAB" audit -S shy
has "shy" "$OUT" "unjudged"
has "shy" "$OUT" "cannot be read: Permission denied"
finish
