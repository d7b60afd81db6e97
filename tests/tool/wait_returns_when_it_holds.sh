#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module
command -v python3 >/dev/null || { echo "no python3"; exit 77; }

# A server on a port of the kernel's choice, which says on a file when it has it.
cat >"$WORK/server.py" <<'PY'
import socket, sys, time
time.sleep(float(sys.argv[1]))
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
with open(sys.argv[2] + ".new", "w") as f:
    print(server.getsockname()[1], time.monotonic(), file=f)
import os
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.accept()[0].recv(1)
time.sleep(60)
PY

# start SECONDS SESSION: leaves SERVER
start() {
	rm -f "$WORK/listens"
	"$SOCKTAB" run -n "$2" python3 "$WORK/server.py" "$1" "$WORK/listens" >/dev/null 2>&1 &
	SERVER=$!
	CHILDREN+=("$SERVER")
}

now() {
	python3 -c 'import time; print(time.monotonic())'
}

# Neither session nor directory is there yet.
rmdir "$SOCKTAB_DIR"
start 0.3 first
gives 0 "$SOCKTAB" wait -t 20 pid $SERVER state listening --print sport
wait_until 5 test -e "$WORK/listens" || failed "the server says nothing"
read -r port since <"$WORK/listens"
equal "the port" "$port" "$OUT"
# 50 ms is what it promises; here python3 has to start first, perhaps among many tests.
python3 -c "import sys, time; sys.exit(time.monotonic() - $since > 3)" || failed "late"

# It holds already, and another session lives. Columns besides the port.
gives 0 "$SOCKTAB" wait -t 20 sport = ":$port" --print pid,SPORT,dport,state,local
equal "columns" "$SERVER	$port	-	LISTEN	127.0.0.1:$port" "$OUT"
gives 0 "$SOCKTAB" wait sport = ":$port"
equal "without --print" "" "$OUT$ERR"
start 0.3 second
gives 0 "$SOCKTAB" wait -t 20 pid $SERVER state listening --print COMMAND
equal "a session that came later" python3 "$OUT"
start 0.3 third
gives 0 "$SOCKTAB" wait -t 20 -S third state listening --print pid
equal "a session by its name" "$SERVER" "$OUT"
gives 0 "$SOCKTAB" wait -t 20 --all sport = ":$port"

# What was connected.
exec 9<>"/dev/tcp/127.0.0.1/$("$SOCKTAB" wait -t 20 pid $SERVER state listening --print sport)"
gives 0 "$SOCKTAB" wait -t 20 pid $SERVER origin accept state established
exec 9>&-

# CMD takes its place.
# shellcheck disable=SC2016
gives 7 "$SOCKTAB" wait -t 20 sport = ":$port" --all --print pid -- sh -c 'echo "$0 $1"; exit 7' -- -t
equal "CMD" "$(head -1 "$WORK/out")"$'\n'"-- -t" "$OUT"
"$SOCKTAB" wait --all sport = ":$port" -- sleep 60 &
CHILDREN+=("$!")
wait_until 10 grep -qx sleep "/proc/$!/comm" || failed "CMD is another process"
gives 127 "$SOCKTAB" wait --all sport = ":$port" -- "$WORK/nothing"

# A time-out takes its time, and has its own status; it never is 1.
before=$(now)
gives 124 "$SOCKTAB" wait -t 0.3 sport = :1
has "time-out" "$ERR" "timed out after 0.3 s; 0 lost"
python3 -c "import sys, time; sys.exit(time.monotonic() - $before < 0.3)" || failed "too early"
gives 124 "$SOCKTAB" wait -t 0 sport = :1
gives 124 "$SOCKTAB" wait -t 0 -S nobody sport = :1
has "no session" "$ERR" "there is no session"
gives 124 "$SOCKTAB" wait -t 0 sport = :1 -- touch "$WORK/started"
[[ ! -e $WORK/started ]] || failed "CMD was started"

# Looking costs little: it may use a fifth of the time.
TIMEFORMAT='%U %S'
used=$( { time "$SOCKTAB" wait -t 2 sport = :1 2>/dev/null; } 2>&1)
awk "BEGIN { split(\"$used\", t, \" \"); exit t[1] + t[2] > 0.5 }" || failed "used $used of 2 s"

complains 2 "for what?" "$SOCKTAB" wait
complains 2 "for what?" "$SOCKTAB" wait -t 1 -- true
complains 2 "which command" "$SOCKTAB" wait fd 1 --
complains 2 "no number of seconds" "$SOCKTAB" wait -t x fd 1
complains 2 "no number of seconds" "$SOCKTAB" wait -t -1 fd 1
complains 2 "did you mean 'STATE'" "$SOCKTAB" wait fd 1 --print stat
gives 2 "$SOCKTAB" wait prot tcp
has "a wrong word" "$ERR" "did you mean 'proto'"
chmod 755 "$SOCKTAB_DIR"
gives 125 "$SOCKTAB" wait -t 5 fd 1
finish
