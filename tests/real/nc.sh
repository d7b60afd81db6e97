#!/bin/sh
# SPDX-License-Identifier: MIT
# Shell pipelines with nc at both ends: TCP, UDP, unix streams and datagrams.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs nc
nc -h 2>&1 | grep -q OpenBSD || skip "this nc is not OpenBSD's"

tcp_starts() {
	start sh -c "nc -l 127.0.0.1 $port | tee received | cksum" >tcp.sum 2>nc.log
	server=$pid
}

udp_starts() {
	start nc -u -l 127.0.0.1 "$port" >udp.received
	server=$pid
}

scenario() {
	serve tcp_starts
	mkfifo feed
	exec 4<>feed
	start sh -c "nc -N 127.0.0.1 $port | cksum" <feed >client.sum 4>&-
	client=$pid
	seq 1 100000 >&4
	until_true grep -q '^100000$' received
	settled 2
	exec 4>&-
	ended "$client"
	ended "$server"
	cat tcp.sum client.sum
	both_ends "127.0.0.1:$port"

	serve udp_starts bound
	exec 4<>feed
	start nc -u 127.0.0.1 "$port" <feed 4>&-
	client=$pid
	for i in 1 2 3 4 5; do
		echo "datagram $i" >&4
		until_true grep -q "$i" udp.received
	done
	settled 2
	exec 4>&-
	stop "$client"
	stop "$server"
	cat udp.received

	start nc -lU stream >stream.received
	server=$pid
	until_true test -S stream
	seq 1 1000 | run sh -c 'tr -d 1 | nc -NU stream'
	echo "client: $?"
	ended "$server"
	cksum <stream.received

	start nc -lkuU datagrams >datagrams.received
	server=$pid
	until_true test -S datagrams
	seq 1 50 | run nc -uU -w 1 datagrams
	echo "client: $?"
	until_true grep -q 50 datagrams.received
	settled 1
	stop "$server"
	cksum <datagrams.received

	run nc -z -w 1 127.0.0.1 1
	echo "refused: $?"
}
both
