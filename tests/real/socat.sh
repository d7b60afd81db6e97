#!/bin/sh
# SPDX-License-Identifier: MIT
# socat: forking servers, programs on a socketpair, a chain from TCP over unix to UDP.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs socat

tcp_starts() {
	start socat "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" EXEC:cat 2>tcp.log
	server=$pid
}

scenario() {
	serve tcp_starts
	seq 1 20000 | run socat -t 10 - "TCP4:127.0.0.1:$port" | cksum

	# Two held clients: each has a child of the server's, and each of these has a `cat`.
	mkfifo feed1 feed2
	exec 4<>feed1 5<>feed2
	start socat - "TCP4:127.0.0.1:$port" <feed1 >echo1 4>&- 5>&-
	clients=$pid
	start socat - "TCP4:127.0.0.1:$port" <feed2 >echo2 4>&- 5>&-
	clients="$clients $pid"
	echo one >&4
	echo two >&5
	until_true test -s echo1
	until_true test -s echo2
	# A listener in three processes; two connections and two socketpairs, both with two ends.
	settled 11
	exec 4>&- 5>&-
	for client in $clients; do
		ended "$client"
	done
	cat echo1 echo2
	both_ends "127.0.0.1:$port"

	# Unix stream to a datagram server that answers each from a child of its own.
	start socat UNIX-RECVFROM:datagrams,fork EXEC:rev 2>datagrams.log
	datagrams=$pid
	until_true test -S datagrams
	start socat UNIX-LISTEN:stream,fork UNIX-SENDTO:datagrams,bind=answers 2>stream.log
	stream=$pid
	until_true test -S stream
	start socat ABSTRACT-LISTEN:socat-$$,fork UNIX-CONNECT:stream 2>abstract.log
	abstract=$pid
	settled 3
	start socat UDP4-RECVFROM:0,bind=127.0.0.1 - 2>udp.log
	udp=$pid
	settled 4
	(echo hello && sleep 0.5) | run socat -t 5 - UNIX-CONNECT:stream >answer
	cat answer
	for pid in $udp $abstract $stream $datagrams $server; do
		stop "$pid"
	done
}
both
