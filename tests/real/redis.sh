#!/bin/sh
# SPDX-License-Identifier: MIT
# redis: commands, a subscriber, a copy saved by a forked child, a load by redis-benchmark.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs redis-server redis-cli redis-benchmark

redis_starts() {
	start redis-server --bind 127.0.0.1 ::1 --port "$port" --unixsocket "$PWD/socket" --save '' \
		--dir "$PWD" --io-threads 2 >redis.log
	server=$pid
}

cli() {
	run redis-cli -p "$port" "$@"
	echo "redis-cli: status $?"
}

saved() {
	redis-cli -s socket info persistence | grep -q '^rdb_bgsave_in_progress:0' &&
		[ -s dump.rdb ]
}

connected() {
	[ "$(redis-cli -s socket client list | grep -c 'addr=127')" -ge "$1" ]
}

scenario() {
	serve redis_starts
	cli set key value
	cli get key
	cli -h ::1 incr number
	cli nonsense
	run redis-cli -s socket append key s
	cli --raw eval 'return string.rep("x", 200000)' 0 | cksum

	run redis-benchmark -p "$port" -q -c 20 -n 10000 -P 4 -t set,get,lpush >benchmark.log
	echo "redis-benchmark: status $?"
	if [ "$mode" = preloaded ]; then
		same "bytes of both ends" "$(moved "$server")" \
			"$(crossed "$(moved redis-cli redis-benchmark)")"
	fi

	start redis-cli -p "$port" subscribe news >heard
	subscriber=$pid
	until_true grep -q '^1$' heard
	start redis-benchmark -p "$port" -q -c 20 -l -t set,get >loop.log
	benchmark=$pid
	until_true connected 21
	# While bytes move.
	settled 45
	cli bgsave
	until_true saved
	settled 45
	stop "$benchmark" KILL
	cli publish news hello
	until_true grep -q hello heard
	cat heard
	stop "$subscriber"
	stop "$server"
}
both
