#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

for scene in sample hostile dead lossy blind foreign empty; do
	forge $scene
	for command in "ls -a" "ls -a -o PID" ps; do
		# shellcheck disable=SC2086
		run "$SOCKTAB" $command -S $scene -J
		python3 -m json.tool <"$WORK/out" >/dev/null || failed "$command -J of $scene"
		# shellcheck disable=SC2086
		run "$SOCKTAB" $command -S $scene -j
		python3 -c 'import json, sys
for line in sys.stdin: json.loads(line)' <"$WORK/out" || failed "$command -j of $scene"
	done
done
run "$SOCKTAB" ls -a --all -J
python3 -m json.tool <"$WORK/out" >/dev/null || failed "--all -J"

"$SOCKTAB" ls -a -S sample -J >"$WORK/rows"
"$SOCKTAB" ls -a -S hostile -J >"$WORK/hostile"
"$SOCKTAB" ls -S foreign -J >"$WORK/foreign"
"$SOCKTAB" ls -S sample -j -o FD,AGE,RX >"$WORK/lines"
"$SOCKTAB" ls --all -J >"$WORK/all"
"$SOCKTAB" show -S sample -J $$:4 >"$WORK/shown"
"$SOCKTAB" ps -S sample -J >"$WORK/processes"
PID=$$ WORK=$WORK python3 - <<'PYTHON' || failed "see above"
import json, os, re, sys

work, pid, bad = os.environ["WORK"], int(os.environ["PID"]), 0

def load(name):
    return json.load(open(work + "/" + name, encoding="utf-8"))

def equal(what, expected, got):
    global bad
    if expected != got or type(expected) is not type(got):
        print(f"{what}: expected {expected!r}, got {got!r}")
        bad = 1

whole = load("rows")
equal("order of keys", ["schema", "session", "lost", "rows"], list(whole))
equal("schema", 1, whole["schema"])
equal("session", "sample", whole["session"]["name"])
equal("lost", 0, whole["lost"]["total"])
rows = {(r["pid"], r["fd"]): r for r in whole["rows"]}
keys = set("""pid command fd proto state local peer rx tx age_ns tid family type origin parent
holders cookie inode idle_ns rxcalls txcalls rxagain txagain errors errno connect_ns backlog
accepted nodelay keepalive reuse nonblock cloexec linger_ns sndbuf rcvbuf groups peers passed
closer open alive created_at closed_at""".split())
for row in whole["rows"]:
    equal("keys that lack", set(), keys - set(row))

listener, peer, failed = rows[pid, 3], rows[pid, 4], rows[pid, 6]
equal("inet", {"family": "inet", "addr": "127.0.0.1", "port": 8080}, listener["local"])
equal("no peer", None, listener["peer"])
equal("state", "LISTEN", listener["state"])
equal("open", True, listener["open"])
equal("alive", True, listener["alive"])
equal("backlog", 128, listener["backlog"])
equal("reuse", ["addr"], listener["reuse"])
equal("rx", {"bytes": 1234567, "calls": 20, "again": 3, "errors": 0}, peer["rx"])
equal("tx", {"bytes": 99, "calls": 7, "again": 0, "errors": 2}, peer["tx"])
equal("parent", {"pid": pid, "fd": 3}, peer["parent"])
equal("nodelay", True, peer["nodelay"])
equal("keepalive", False, peer["keepalive"])
equal("cloexec", None, peer["cloexec"])
equal("linger", 5000000000, peer["linger_ns"])
equal("errno", "EPIPE", peer["errno"])
equal("errno of a connect", "ECONNREFUSED", failed["errno"])
equal("connect", 250000, failed["connect_ns"])
equal("inet6", {"family": "inet6", "addr": "::", "port": 5353}, rows[pid, 7]["local"])
equal("peers", {"count": 1, "last": [{"family": "inet", "addr": "127.0.0.9", "port": 53}]},
      rows[pid, 7]["peers"])
equal("groups", [{"family": "inet", "addr": "224.0.0.251", "ifindex": 1}], rows[pid, 7]["groups"])
equal("path", {"family": "unix", "path": "/run/a b"}, rows[pid, 8]["local"])
equal("abstract", {"family": "unix", "abstract": "a\0b"}, rows[pid, 9]["local"])
equal("netlink", {"family": "netlink", "portid": 77, "groups": 5}, rows[pid, 10]["local"])
equal("strange", {"family": 44, "hex": "dead"}, rows[pid, 11]["local"])
closed = rows[pid, 12]
equal("closed", ("CLOSED", False, True), (closed["state"], closed["open"], closed["alive"]))
equal("age of the closed", 2000000000, closed["age_ns"])
if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z", closed["closed_at"]):
    print("closed_at", closed["closed_at"]); bad = 1
for (p, fd), row in rows.items():
    if p != pid:
        equal("dead", (False, False), (row["open"], row["alive"]))
equal("unknown", (True, None), tuple(load("foreign")["rows"][0][k] for k in ("open", "alive")))

row = load("hostile")["rows"][0]
equal("command", "\x1b]0;owned\a", row["command"])
equal("no UTF-8", "/tmp/\"a,b\"\n\x1b[31m\ufffd\u00e9", row["local"]["path"])

lines = [json.loads(line) for line in open(work + "/lines")]
equal("-j", list(range(3, 12)), [line["fd"] for line in lines])
equal("-o in JSON", ["fd", "age_ns", "rx"], list(lines[0]))

every = load("all")
equal("--all", None, every["session"])
equal("sessions", 7, len(every["sessions"]))
equal("of each row", {"sample", "hostile", "lossy", "foreign"}, {r["session"] for r in every["rows"]})

shown = load("shown")["rows"]
equal("show", 1, len(shown))
equal("detail", 1500000000, shown[0]["rcvtimeo_ns"])
equal("held by", [{"pid": pid, "fd": 4}], shown[0]["heldby"])
equal("process", "server --port 8080", shown[0]["process"]["cmdline"])

lives, exited, killed = load("processes")["rows"]
equal("lives", ("alive", True, None), (lives["life"], lives["alive"], lives["status"]))
equal("exited", ("exited", False, 3), (exited["life"], exited["alive"], exited["status"]))
equal("killed", ("gone", False, None), (killed["life"], killed["alive"], killed["status"]))
equal("open at its end", 1, killed["open"])
equal("rx", {"bytes": 1234567, "calls": 20}, lives["rx"])
equal("lost", 0, lives["lost"]["total"])
sys.exit(bad)
PYTHON
finish
