#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module
terminal=${srcdir:-.}/tests/tool/on_a_terminal.py

program='import socket, os
a, b = socket.socketpair()
a.send(b"x" * 3000); b.recv(4000); a.close()
if os.fork() == 0:
    socket.socket(); os._exit(0)
os.wait(); print(os.getpid(), flush=True)
os._exit(5)'
gives 5 "$SOCKTAB" run --summary -n sum python3 -c "$program"
pid=$(cat "$WORK/out")
has "the process" "$ERR" "socktab: python3 ($pid): 2 opened, 1 closed, 1 open at its end; rx 2.9K, tx 2.9K; 0 errors; 0 lost"
has "all" "$ERR" "socktab: sum, "
# The child had one that it inherited, and opened one.
equal "lines" 3 "$(grep -c opened "$WORK/err")"

# It ends as the child ended.
gives 0 "$SOCKTAB" run --summary true
gives 127 "$SOCKTAB" run --summary nosuch
for signal in KILL TERM SEGV INT; do
	run bash -c '"$0" run --summary sh -c "kill -$1 \$\$"; exit $?' "$SOCKTAB" $signal
	equal "ends by SIG$signal" $((128 + $(kill -l $signal))) "$STATUS"
done

# ended_by SIGNAL COMMAND...: what is sent to it reaches the child
ended_by() {
	local signal=$1 pid

	shift
	: >"$WORK/out"
	# Else a shell lets its background jobs ignore SIGINT and SIGQUIT.
	env --default-signal=INT,QUIT "$SOCKTAB" run --summary -- "$@" >"$WORK/out" 2>"$WORK/err" &
	pid=$!
	CHILDREN+=("$pid")
	wait_until 10 grep -q ready "$WORK/out" || failed "it did not start"
	kill "-$signal" "$pid"
	wait "$pid"
	STATUS=$?
}
for signal in TERM HUP USR1 INT QUIT; do
	ended_by $signal bash -c "trap 'echo got $signal; exit 3' $signal; echo ready; while :; do sleep 0.05; done"
	equal "SIG$signal: status" 3 "$STATUS"
	equal "SIG$signal: once" 1 "$(grep -c "got $signal" "$WORK/out")"
done
ended_by TERM sh -c 'echo ready; exec sleep 60'
equal "SIGTERM untrapped" 143 "$STATUS"

# What it was told to ignore, the child ignores, too.
gives 0 bash -c 'trap "" CHLD INT; "$0" run --summary grep SigIgn /proc/self/status' "$SOCKTAB"
summarised=$OUT
gives 0 bash -c 'trap "" CHLD INT; grep SigIgn /proc/self/status'
equal "ignored signals" "$OUT" "$summarised"
gives 0 "$SOCKTAB" run --summary grep SigBlk /proc/self/status
equal "blocked signals" "$(grep SigBlk /proc/self/status)" "$OUT"

# On a terminal: Ctrl-C reaches the child once, and its answer counts.
trapped='trap "echo got it; exit 4" INT; echo ready; while :; do sleep 0.05; done'
out=$(python3 "$terminal" "80:ready=^C" "$SOCKTAB" run --summary bash -c "$trapped" 2>&1)
equal "Ctrl-C: status" 4 $?
equal "Ctrl-C: once" 1 "$(grep -c "got it" <<<"$out")"
has "Ctrl-C: summary" "$out" "0 lost"

# Ctrl-Z stops both, so that the shell comes back; fg goes on.
slow='echo ready; sleep 0.3; read -r word; echo "word $word"; exit 6'
shell='set -m; "$0" run --summary bash -c "$1"; echo "stopped $?"; fg >/dev/null; echo "ended $?"'
out=$(python3 "$terminal" "80:ready=^Z,stopped=x
" bash -c "$shell" "$SOCKTAB" "$slow" 2>&1)
has "Ctrl-Z" "$out" "stopped 148"
has "fg" "$out" "word x"
has "fg: status" "$out" "ended 6"
finish
