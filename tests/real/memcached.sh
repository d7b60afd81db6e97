#!/bin/sh
# SPDX-License-Identifier: MIT
# memcached: four threads, another user when we are root, TCP and UDP; nc as its clients.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs memcached nc

memcached_starts() {
	start memcached -u nobody -l 127.0.0.1 -p "$port" -U "$port" -t 4 -v 2>memcached.log
	server=$pid
}

# client N: a connection that says what is written to the pipe to$N
client() {
	start nc -N 127.0.0.1 "$port" <"to$1" >"from$1" 4>&- 5>&- 6>&-
	clients="$clients $pid"
}

scenario() {
	clients=
	serve memcached_starts
	mkfifo to1 to2 to3
	# Opened both ways: nobody waits for the other end.
	exec 4<>to1 5<>to2 6<>to3
	client 1
	client 2
	client 3
	printf 'set key 0 0 5\r\nhello\r\n' >&4
	until_true grep -q STORED from1
	printf 'get key\r\nset large 0 0 500000\r\n' >&5
	until_true grep -q END from2
	head -c 500000 /dev/zero >&5
	printf '\r\n' >&5
	until_true grep -q STORED from2
	printf 'get large\r\nnonsense\r\n' >&6
	until_true grep -aq ERROR from3
	# The request's number, 0 of 1, then the request.
	printf '\0\1\0\0\0\1\0\0get key\r\n' | run nc -u -w 1 127.0.0.1 "$port" | od -c
	# A listener, one UDP socket a thread or more, three connections with two ends.
	settled 8
	exec 4>&- 5>&- 6>&-
	for client in $clients; do
		ended "$client"
	done
	cat from1 from2
	cksum <from3
	both_ends "127.0.0.1:$port"
	stop "$server"
}
both
