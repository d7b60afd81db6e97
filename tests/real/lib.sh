# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034
#
# Sourced by the tests of real programs, which run in the top of the build tree. A test says what
# it needs and how its scenario goes; `both` plays it twice, bare and under socktab, and what it
# prints must be the same. Under socktab all its programs are of one session, whose table is held
# against the kernel wherever the scenario says that it has settled.

# Nothing waits for ever, and what does is ended with all that it started.
[ -n "${real_is_timed-}" ] || real_is_timed=yes exec timeout -k 5 100 "$0"
unset real_is_timed

name=$(basename "$0" .sh)
socktab=$PWD/tools/socktab
real=$PWD/tests/real
here=$(cd "${srcdir:-.}/tests/real" && pwd)
children=
mode=

# Debian's own programs, daemons too, before others of the same name.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL=C
unset LD_PRELOAD SOCKTAB_SESSION SOCKTAB_ROWS SOCKTAB_VERBOSE SOCKTAB_MODULE

# -------------------------------------------------------------------- beginning and end ---

# needs PROGRAM...
needs() {
	for program; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
}

skip() {
	echo "$name: skipped: $*"
	exit 77
}

fail() {
	echo "$name: $mode: FAILED: $*" >&2
	exit 1
}

# with_children PID...: these, and all that they have started and is still below them
with_children() {
	for parent; do
		echo "$parent"
		# shellcheck disable=SC2046 # pids
		with_children $(cat "/proc/$parent/task/"*/children 2>/dev/null)
	done
}

# A server's workers outlive a master that is killed: look before.
clean_up() {
	# shellcheck disable=SC2086 # pids
	for child in $(with_children $children); do
		kill -KILL "$child" 2>/dev/null
	done
	# shellcheck disable=SC2086 # pids
	[ -z "$children" ] || wait $children 2>/dev/null
	rm -rf "$work" "$SOCKTAB_DIR"
}

SOCKTAB_DIR=$(mktemp -d /dev/shm/socktab-real.XXXXXX 2>/dev/null) || SOCKTAB_DIR=$(mktemp -d)
work=$(mktemp -d)
export SOCKTAB_DIR
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
exec </dev/null
# Servers that change their user go on in here.
chmod 755 "$work"

# ----------------------------------------------------------------------------- programs ---

# Becomes a program: the same one twice, or the comparison would be of nothing.
become() {
	case $mode in
	bare) exec "$@" ;;
	*) exec "$socktab" run -n "$name" -- "$@" ;;
	esac
}

# run CMD...: and waits for its end
run() {
	(become "$@")
}

# start CMD...: in the background, as $pid
start() {
	# A shell gives what is in the background no stdin unless told.
	{ become "$@" <&3 3<&- & } 3<&0
	pid=$!
	children="$children $pid"
}

# ended PID: waits, and says how it ended
ended() {
	wait "$1"
	echo "ended with $?"
	forget "$1"
}

# forget PID: its number may be somebody else's by now
forget() {
	children=$(echo " $children " | sed "s/ $1 / /")
}

# stop PID [SIGNAL]
stop() {
	kill -s "${2:-TERM}" "$1"
	ended "$1"
}

# ------------------------------------------------------------------------------ waiting ---

# until_true CMD...: ten seconds at most, more on a busy machine
until_true() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || fail "waited in vain for: $*"
		sleep 0.025
	done
}

# listens PORT: whether anybody does, on TCP
listens() {
	cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		grep -q "$(printf ':%04X [0-9A-F]*:0000 0A' "$1")"
}

# bound PORT: the same of UDP
bound() {
	cat /proc/net/udp /proc/net/udp6 2>/dev/null | grep -q "$(printf ':%04X ' "$1")"
}

# One below those that the kernel gives away.
choose_port() {
	port=$((20000 + ($$ * 13 + attempt * 1777) % 10000))
	while listens $port || bound $port; do
		port=$((port + 1))
	done
}

# serve FUNCTION [CHECK]: it starts a server on $port; on another port when somebody was faster
serve() {
	for attempt in 0 1 2 3 4; do
		choose_port
		"$1"
		until_true ready "${2:-listens}"
		kill -0 "$pid" 2>/dev/null && return
		forget "$pid"
	done
	cat ./*.log >&2
	fail "no server gets its port"
}

# ready CHECK: or dead
ready() {
	! kill -0 "$pid" 2>/dev/null || "$1" "$port"
}

# web_server: Python's http.server, $server, for the folder `pages`, at $url
web_server() {
	start python3 -u -m http.server --bind 127.0.0.1 --directory pages 0 >server.out 2>server.log
	server=$pid
	until_true web_serves
}

web_serves() {
	url=$(sed -n 's/^Serving HTTP on .*(\(.*\)).*/\1/p' server.out)
	[ -n "$url" ]
}

# start_reader PIPE: in the background, as $reader, reads one byte, and the rest once PIPE.go is
# there; until then whoever sends more than the buffers hold stands still
start_reader() {
	# shellcheck disable=SC2094 # what it writes has longer names
	held_reader "$1" <"$1" &
	reader=$!
	children="$children $reader"
}

held_reader() {
	dd bs=1 count=1 of="$1.body" 2>/dev/null
	: >"$1.begun"
	until_true test -e "$1.go"
	cat >>"$1.body"
}

# -------------------------------------------------------------------------- the table ---

# settled SOCKETS: the table agrees with the kernel, and there are at least that many
settled() {
	[ "$mode" = preloaded ] || return 0
	"$real/agree" "$name" "$1" >&2
	status=$?
	[ $status -ne 0 ] || return 0
	"$socktab" ls -S "$name" >&2
	[ $status -ne 77 ] || exit 77
	fail "its table is not what the kernel says"
}

# moved PID|COMMAND...: "RX TX", all that these processes received and sent
moved() {
	"$socktab" ps -S "$name" --csv -o PID,COMMAND,RX,TX | awk -F, -v all=" $* " '
	index(all, " " $1 " ") || index(all, " " $2 " ") {
		rx += $3
		tx += $4
	}
	END { printf "%.0f %.0f\n", rx, tx }'
}

# moved_at LOCAL|PEER ADDRESS: the same of all rows, also closed ones, with this address
moved_at() {
	"$socktab" ls -a -S "$name" --csv -o "$1",RX,TX | awk -F, -v address="$2" '
	$1 == address {
		rx += $2
		tx += $3
	}
	END { printf "%.0f %.0f\n", rx, tx }'
}

# both_ends ADDRESS: what was sent to this server was received by it, to the byte, and back; it may
# have to read the last of it. Of servers with many connections some closed rows are taken for new
# ones: compare totals there.
both_ends() {
	[ "$mode" = preloaded ] || return 0
	for _ in $(seq 100); do
		sent=$(moved_at PEER "$1")
		received=$(moved_at LOCAL "$1")
		[ "$(crossed "$sent")" != "$received" ] || break
		sleep 0.05
	done
	[ "$sent" != "0 0" ] || fail "nothing was sent to $1"
	same "bytes at $1" "$(crossed "$sent")" "$received"
}

# crossed "RX TX": what the other end has
crossed() {
	echo "${1#* } ${1% *}"
}

# same WHAT EXPECTED GOT: under socktab only
same() {
	[ "$mode" = bare ] || [ "$2" = "$3" ] || fail "$1: expected $2, got $3"
}

# -------------------------------------------------------------------------------- both ---

play() {
	mode=$1
	mkdir "$work/$mode"
	cd "$work/$mode" || exit 1
	scenario >"$work/$mode.said"
	echo "$name: $mode: done" >&2
}

both() {
	play bare
	play preloaded
	"$real/ended" "$name" || fail "its table is not at its end"
	diff -u "$work/bare.said" "$work/preloaded.said" || fail "it says something else than bare"
	exit 0
}
