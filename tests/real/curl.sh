#!/bin/sh
# SPDX-License-Identifier: MIT
# curl, and Python's http.server.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs curl python3

# What curl counts itself.
get() {
	run curl -s --noproxy '*' -w '%{stderr}%{size_header} %{size_download} %{size_request}\n' \
		"$@" 2>>sizes
	echo "curl: status $?"
}

scenario() {
	mkdir pages
	echo hello >pages/hello
	truncate -s 32M pages/large
	web_server

	get "${url}hello"
	get "${url}nothing"
	get --compressed "${url}hello" "${url}hello"
	get --data x "${url}hello"
	get http://127.0.0.1:1/

	mkfifo pipe
	start_reader pipe
	start curl -s --noproxy '*' -N -o pipe "${url}large" \
		-w '%{stderr}%{size_header} %{size_download} %{size_request}\n' 2>held_sizes
	client=$pid
	until_true test -e pipe.begun
	settled 3
	: >pipe.go
	ended "$client"
	ended "$reader"
	cksum <pipe.body
	cat held_sizes >>sizes
	if [ "$mode" = preloaded ]; then
		expected=$(awk '{ rx += $1 + $2; tx += $3 } END { printf "%.0f %.0f", rx, tx }' sizes)
		same "bytes by curl's own count" "$expected" "$(moved curl)"
		same "bytes of the server" "$(crossed "$expected")" "$(moved "$server")"
	fi
	stop "$server"
}
both
