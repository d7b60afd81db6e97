#!/bin/sh
# SPDX-License-Identifier: MIT
# Java: a server of channels and threads, and a client, started from source.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs java
java --list-modules 2>/dev/null | grep -q '^jdk.compiler' || skip "this java has no compiler"

# Quick to start, and on little memory.
talk() {
	start java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -XX:-UsePerfData \
		"$here/Talk.java" "$1" >"$1.out"
}

scenario() {
	talk server
	server=$pid
	until_true test -e ports
	talk client
	client=$pid
	until_true test -e settled-client
	# Seven connections with two ends, two listeners.
	settled 16
	: >go
	ended "$client"
	: >end
	ended "$server"
	cat client.out server.out
	both_ends "[::ffff:127.0.0.1]:$(cut -d ' ' -f 1 ports)"
	both_ends "[::ffff:127.0.0.1]:$(cut -d ' ' -f 2 ports)"
}
both
