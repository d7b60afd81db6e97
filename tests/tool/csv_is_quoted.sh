#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

forge hostile
forge sample
"$SOCKTAB" ls -S hostile --csv -o PID,COMMAND,LOCAL >"$WORK/hostile"
"$SOCKTAB" ls -a -S sample --csv -o +CREATED,LINGER,NODELAY >"$WORK/sample"
PID=$$ WORK=$WORK python3 - <<'PYTHON' || failed "see above"
import csv, os, sys

work, pid, bad = os.environ["WORK"], os.environ["PID"], 0

def load(name):
    data = open(work + "/" + name, "rb").read()
    assert data.endswith(b"\r\n")
    text = data.decode("utf-8", "surrogateescape")
    return list(csv.reader(text.splitlines(True) if name == "sample" else
                           __import__("io").StringIO(text, newline="")))

def equal(what, expected, got):
    global bad
    if expected != got:
        print(f"{what}: expected {expected!r}, got {got!r}")
        bad = 1

rows = load("hostile")
equal("keys", ["pid", "command", "local"], rows[0])
equal("values", [pid, "\x1b]0;owned\a", "/tmp/\"a,b\"\n\x1b[31m\udcff\u00e9"], rows[1])
equal("rows", 2, len(rows))
rows = load("sample")
equal("rows", 13, len(rows))
equal("width", {len(rows[0])}, {len(row) for row in rows})
row = dict(zip(rows[0], rows[2]))
equal("exact bytes", "1234567", row["rx"])
equal("nanoseconds", "5000000000", row["linger_ns"])
equal("flag", "true", row["nodelay"])
equal("nothing", "", dict(zip(rows[0], rows[1]))["peer"])
equal("time", "Z", row["created_at"][-1])
sys.exit(bad)
PYTHON
equal "no headings" 9 "$("$SOCKTAB" ls -S sample --csv --no-headings | wc -l)"
finish
