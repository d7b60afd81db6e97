#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# Connections come and go, bytes flow, processes start and end, all the while that it looks.
"$SOCKTAB" run -n busy python3 -c '
import os, socket, threading

listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print("ready", flush=True)

def serve():
    while True:
        peer, _ = listener.accept()
        while data := peer.recv(65536):
            peer.sendall(data)
        peer.close()

def ask():
    while True:
        with socket.create_connection(listener.getsockname()) as s, socket.socketpair()[0]:
            for i in range(20):
                s.sendall(b"x" * 5000)
                got = 0
                while got < 5000:
                    got += len(s.recv(5000))

for work in serve, serve, ask, ask:
    threading.Thread(target=work, daemon=True).start()
while True:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
' >"$WORK/said" &
PROGRAM=$!
CHILDREN+=("$PROGRAM")
wait_until 20 grep -q ready "$WORK/said" || failed "the program did not start"
for _ in {1..25}; do
	gives 0 "$SOCKTAB" audit -S busy
done
moved=$("$SOCKTAB" ps -S busy -p "$PROGRAM" -j | python3 -c '
import json, sys
print(json.load(sys.stdin)["tx"]["bytes"] > 100000)')
equal "it was busy" True "$moved"

# A gap stands out all the same.
"$SOCKTAB" run -n busy tests/tool/on_the_quiet closes >"$WORK/quiet" &
CHILDREN+=($!)
wait_until 10 grep -q . "$WORK/quiet" || failed "the second did not start"
gives 1 "$SOCKTAB" audit -S busy
has "a gap" "$OUT" "0 missing, 1 ghost, 0 stale, 0 bytes"

# A call that waits in the kernel, half done, is no gap.
: >"$WORK/said"
"$SOCKTAB" run -n waits python3 -c '
import socket
a = socket.create_server(("127.0.0.1", 0))
b = socket.create_connection(a.getsockname())
c, _ = a.accept()
print("ready", flush=True)
b.sendall(bytes(100_000_000))' >"$WORK/said" &
CHILDREN+=($!)
wait_until 10 grep -q ready "$WORK/said" || failed "the third did not start"
sleep 0.5
gives 0 "$SOCKTAB" audit -S waits
finish
