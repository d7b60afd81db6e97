#!/bin/sh
# SPDX-License-Identifier: MIT
# A Python asyncio server and its clients.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs python3
python3 -c 'import socket; socket.create_server(("::1", 0), family=socket.AF_INET6)' 2>/dev/null ||
	skip "there is no ::1"

scenario() {
	start python3 "$here/talk.py" server >server.out
	server=$pid
	until_true test -e ports
	start python3 "$here/talk.py" client >client.out
	client=$pid
	until_true test -e settled-client
	until_true test -e settled-server
	# 32 connections with two ends and one half-closed; 5 sockets that wait for clients; one of
	# UDP; in each process the pair that wakes its loop; the child's stdin, two ends.
	settled 78
	: >go
	ended "$client"
	both_ends "127.0.0.1:$(cut -d ' ' -f 3 ports)"
	: >end
	ended "$server"
	cat client.out server.out
	both_ends "[::1]:$(cut -d ' ' -f 2 ports)"
}
both
