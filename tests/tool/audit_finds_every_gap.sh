#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# on_the_quiet NAME DEED...: starts the program in a session of that name, and waits
on_the_quiet() {
	local name=$1 said=$WORK/said.$1	# its own: the one before may still write

	shift
	: >"$said"
	"$SOCKTAB" run -n "$name" tests/tool/on_the_quiet "$@" >"$said" &
	PROGRAM=$!
	CHILDREN+=("$PROGRAM")
	wait_until 10 grep -q . "$said" || failed "$name did not start"
	read -r FD <"$said"
}

# gap KIND [WHAT]: "FD KERNEL TABLE" of the gaps of that kind
gap() {
	"$SOCKTAB" audit -S "$SESSION" --csv --no-headings -o GAP,WHAT,FD,KERNEL,TABLE |
		tr -d '\r' | sed -n "s/^$1,${2-},//p"
}

# finds NAME COUNTS DEED...: exactly these gaps, and status 1
finds() {
	local counts=$2

	SESSION=$1
	shift 2
	on_the_quiet "$SESSION" "$@"
	gives 1 "$SOCKTAB" audit -S "$SESSION"
	has "$SESSION" "$(tail -1 "$WORK/out")" "$counts"
	has "$SESSION" "$(tail -1 "$WORK/out")" "1 process, "
}

sock_diag=yes
"$SOCKTAB" run -n probe tests/tool/on_the_quiet nothing >"$WORK/said.probe" &
CHILDREN+=($!)
wait_until 10 grep -q . "$WORK/said.probe" || failed "the program did not start"
"$SOCKTAB" audit -S probe | grep -q 'without libmnl\|/proc only' && sock_diag=no

# Nothing is hidden: no gap.
gives 0 "$SOCKTAB" audit -S probe
[[ $sock_diag == no ]] || equal "no gap" \
	"1 process, 4 sockets: 0 missing, 0 ghosts, 0 stale, 0 bytes unseen (rx 0, tx 0); 0 lost" "$OUT"

# Failures are no gaps, either.
on_the_quiet failing fails
gives 0 "$SOCKTAB" audit -S failing
has "failing" "$(tail -1 "$WORK/out")" "1 process, 3 sockets: 0 missing, 0 ghosts, 0 stale, 0 bytes"

finds opened "1 missing, 0 ghosts, 0 stale, 0 bytes" opens
equal "missing" "$FD,open,-" "$(gap missing | sed 's/,$/,-/')"
has "missing" "$OUT" "udp"
has "missing" "$OUT" "opened by a raw system call or libc's own"

finds copied "1 missing, 0 ghosts" copies
has "copied" "$OUT" "duplicated or passed by a raw system call"

finds closed "0 missing, 1 ghost, 0 stale, 0 bytes" closes
equal "ghost" "$FD" "$(gap ghost | cut -d , -f 1)"
has "ghost" "$OUT" "closed by a raw system call or libc's own"

# Some kernels forbid rings.
: >"$WORK/said"
"$SOCKTAB" run -n ring tests/tool/on_the_quiet rings opens >"$WORK/said" 2>&1 &
CHILDREN+=($!)
wait_until 10 grep -q . "$WORK/said" || failed "ring did not start"
if grep -q '^[0-9]*$' "$WORK/said"; then
	gives 1 "$SOCKTAB" audit -S ring
	has "ring" "$OUT" "it uses io_uring"
fi

if [[ $sock_diag == yes ]]; then
	# The number is open, but leads elsewhere.
	finds swapped "1 missing, 1 ghost" swaps
	equal "swapped" "$FD $FD" "$(gap missing | cut -d , -f 1) $(gap ghost | cut -d , -f 1)"

	finds sent "5 bytes unseen (rx 0, tx 5)" sends
	equal "unseen" "$FD,15,10" "$(gap unseen tx)"
	has "unseen" "$OUT" "raw system call, stdio or libc's own"

	finds received "4 bytes unseen (rx 4, tx 0)" receives
	equal "unseen" "$FD,10,6" "$(gap unseen rx)"

	finds printed "9 bytes unseen (rx 0, tx 9)" prints
	equal "stdio" "$FD,19,10" "$(gap unseen tx)"

	finds bound "1 stale" binds
	equal "stale local" "$FD,-" "$(gap stale local | cut -d , -f 1,3)"

	finds listening "2 stale" listens
	equal "stale state" "$FD,LISTEN,UNCONN" "$(gap stale state)"

	# A connection that is closed: the module took the kernel's last totals with it.
	finds ended "5 bytes unseen (rx 0, tx 5)" sends ends
	equal "ended" "$FD,15,10" "$(gap unseen tx)"
fi

# One cannot be told from the other: everything at once.
finds all "2 missing, 1 ghost" opens copies closes
python3 - "$SOCKTAB" <<'END' || failed "JSON"
import json, subprocess, sys

found = json.loads(subprocess.run([sys.argv[1], "audit", "-S", "all", "-J"],
                                  capture_output=True, text=True).stdout)
assert list(found) == ["schema", "session", "lost", "gaps", "processes"], found
assert found["schema"] == 1 and found["session"]["name"] == "all" and found["lost"]["total"] == 0
kinds = sorted(gap["gap"] for gap in found["gaps"])
assert kinds == ["ghost", "missing", "missing"], kinds
process, = found["processes"]
assert (process["missing"], process["ghost"], process["stale"]) == (2, 1, 0), process
assert process["in_session"] and process["preloaded"] and not process["io_uring"]
assert process["compared"] in ("proc", "sock_diag") and process["sockets"] == process["rows"] + 1
for gap in found["gaps"]:
    assert gap["pid"] == process["pid"] and gap["certain"] and gap["why"], gap
END
finish
