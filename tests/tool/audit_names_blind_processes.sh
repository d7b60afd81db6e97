#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# waits NAME PROGRAM...: started in a session of that name, it says a line and waits
waits() {
	local name=$1

	shift
	: >"$WORK/said"
	"$SOCKTAB" run -n "$name" "$@" >"$WORK/said" 2>&1 &
	PROGRAM=$!
	CHILDREN+=("$PROGRAM")
	wait_until 10 grep -q . "$WORK/said" || failed "$name did not start"
}

# A fork that no wrapper saw holds what its parent held.
waits forked tests/tool/on_the_quiet forks
child=$(cat "$WORK/said")
gives 1 "$SOCKTAB" audit -S forked
has "forked" "$(grep "^ *$child " "$WORK/out")" "blind"
has "forked" "$OUT" "4 sockets not in it the module is in it, but has not joined"
has "forked" "$(tail -1 "$WORK/out")" "1 blind"
gives 0 "$SOCKTAB" audit -S forked -p "$PROGRAM"
gives 1 "$SOCKTAB" audit -S forked -p "$child"

# One that went to another session is not blind, and here it is only mentioned.
waits here sh -c 'SOCKTAB_SESSION=there tests/tool/on_the_quiet nothing & wait'
gives 0 "$SOCKTAB" audit -S there
gives 0 "$SOCKTAB" audit -S here -v
has "elsewhere" "$OUT" "it is in session there"
has "elsewhere" "$(tail -1 "$WORK/out")" "; 1 unsure: -v"
kill "$(pgrep -P "$PROGRAM")"

if [[ -x tests/programs/static_program ]]; then
	# A static program in place of one of the session: its slot stays, and is blind.
	mkfifo "$WORK/fifo"
	waits static sh -c "exec 3<>'$WORK/fifo'; exec tests/programs/static_program <&3"
	gives 1 "$SOCKTAB" audit -S static
	has "static" "$OUT" "not preloaded it is statically linked"
	has "static" "$OUT" "the process runs a program that the module is not in"
	has "static" "$(tail -1 "$WORK/out")" "1 process, 1 socket: 1 missing, "
	wait_until 10 sh -c "'$SOCKTAB' ps -S static | grep -q '; 1 blind (without the module)$'" ||
		failed "ps does not say it"
	wait_until 10 sh -c "'$SOCKTAB' ls -S static | grep -q '; 1 process blind (without the module)$'" ||
		failed "ls does not say it"

	# By vfork it never was in the session; its parent is.
	mkfifo "$WORK/other"
	waits vforked sh -c "exec 3<>'$WORK/other'; tests/programs/static_program <&3; :"
	gives 1 "$SOCKTAB" audit -S vforked
	has "vforked" "$OUT" "1 socket "
	has "vforked" "$OUT" "it is statically linked"
	has "vforked" "$(tail -1 "$WORK/out")" "1 blind"
	kill "$(pgrep -P "$PROGRAM")"
fi

# What was there before the module is told from what bypassed it.
: >"$WORK/said"
python3 - "$SOCKTAB" <<'END' >"$WORK/said" &
import os, socket, sys
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
client.sendall(b"before")
os.set_inheritable(client.fileno(), True)
os.set_inheritable(peer.fileno(), True)
os.execv(sys.argv[1], ["socktab", "run", "-n", "early", "sh", "-c", "echo ready; sleep 60 & wait"])
END
CHILDREN+=($!)
wait_until 10 grep -q ready "$WORK/said" || failed "early did not start"
if ! "$SOCKTAB" audit -S early | grep -q '/proc only$'; then
	gives 1 "$SOCKTAB" audit -S early
	has "early" "$OUT" "opened before the module: bytes from then"
fi
finish
