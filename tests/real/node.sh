#!/bin/sh
# SPDX-License-Identifier: MIT
# Node: an http server and a client, and a worker that gets connections passed.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs node

scenario() {
	start node "$here/talk.js" server >server.out
	server=$pid
	until_true test -e ports
	start node "$here/talk.js" client >client.out
	client=$pid
	until_true test -e settled-client
	# Eight web connections, the unix and the passed one, with two ends; the worker's channel;
	# three listeners; two of UDP.
	settled 27
	: >go
	ended "$client"
	both_ends "127.0.0.1:$(cut -d ' ' -f 1 ports)"
	: >end
	ended "$server"
	cat client.out server.out
}
both
