#!/bin/sh
# SPDX-License-Identifier: MIT
# wget, and Python's http.server.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs wget python3

# Kept alive, a connection may or may not be tried again that the server has just closed.
get() {
	run wget --no-config --no-proxy --no-http-keep-alive --tries=1 --content-on-error \
		-e robots=off "$@"
	echo "wget: status $?"
}

scenario() {
	mkdir pages copies
	echo hello >pages/hello
	truncate -s 32M pages/large
	web_server

	get -q -O - "${url}hello"
	get -nv -O nothing "${url}nothing" 2>/dev/null
	get -q --recursive --no-directories -P copies "$url"
	(cd copies && cksum ./*)
	get -q http://127.0.0.1:1/

	mkfifo pipe
	start_reader pipe
	start wget --no-config --no-proxy --no-http-keep-alive -q -O pipe "${url}large"
	client=$pid
	until_true test -e pipe.begun
	settled 3
	: >pipe.go
	ended "$client"
	ended "$reader"
	cksum <pipe.body
	stop "$server"
	both_ends "$(echo "$url" | cut -d / -f 3)"
	[ "$mode" = bare ] || [ "$(moved wget | cut -d ' ' -f 1)" -gt $((2 * 32 << 20)) ] ||
		fail "wget received less than its files"
}
both
