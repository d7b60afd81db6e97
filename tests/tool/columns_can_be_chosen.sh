#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

columns_of() {
	"$SOCKTAB" "$1" -o help | cut -d ' ' -f 1
}

forge sample
defaults='PID COMMAND FD PROTO STATE LOCAL PEER RX TX AGE'
further='TID FAMILY TYPE ORIGIN PARENT HOLDERS COOKIE INODE IDLE RXCALLS TXCALLS RXAGAIN TXAGAIN
ERRORS ERRNO CONNECT BACKLOG ACCEPTED NODELAY KEEPALIVE REUSE NONBLOCK CLOEXEC LINGER SNDBUF
RCVBUF GROUPS PEERS PASSED CLOSER'

gives 0 "$SOCKTAB" ls
read -r -a heading < <(head -1 "$WORK/out")
equal "default columns" "$defaults" "${heading[*]}"
for column in $defaults $further; do
	grep -qx "$column" <(columns_of ls) || failed "-o help lacks $column"
done

# Every column works in every format and as an order, whatever its case.
for command in ls ps; do
	for column in $(columns_of $command); do
		gives 0 "$SOCKTAB" $command -o "${column,,}" --sort "-$column"
		equal "heading of $column" "$column" "$(head -1 "$WORK/out" | tr -d ' ')"
		gives 0 "$SOCKTAB" $command -o "$column" --sort "$column" --csv
		has "key of $column" "$OUT" "${column,,}"
		gives 0 "$SOCKTAB" $command -o "$column" -J
		python3 -m json.tool <"$WORK/out" >/dev/null || failed "-J -o $column"
	done
done

# The last line has two words and more; rows of one column have one.
rows_of() {
	"$SOCKTAB" ls --no-headings "$@"
}

equal "-o replaces" "3 LISTEN" "$(rows_of -o FD,STATE -p $$ | head -1 | tr -s ' ' | sed 's/^ //')"
has "-o + adds" "$("$SOCKTAB" ls -o +TYPE | head -1)" "AGE TYPE"
equal "--sort" "3 4 5 6 7 8 9 10 11 " "$(rows_of -o FD --sort FD | tr -s ' \n' ' ' | sed 's/^ //')"
equal "--sort -" "11 10 9 8 7 6 5 4 3 " "$(rows_of -o FD --sort -FD | tr -s ' \n' ' ' | sed 's/^ //')"
equal "by bytes" "4" "$(rows_of -o FD --sort -rx | head -1 | tr -d ' ')"
equal "by state" "ESTAB" "$(rows_of -o STATE --sort STATE | head -1 | tr -d ' ')"
# What is not known stands last, either way.
equal "by cookie" "3 4 5 6 7 8 9 10 11 " "$(rows_of -o FD --sort COOKIE | tr -s ' \n' ' ' | sed 's/^ //')"
equal "by cookie backwards" "4 3 5 6 7 8 9 10 11 " \
	"$(rows_of -o FD --sort -COOKIE | tr -s ' \n' ' ' | sed 's/^ //')"
# Port 81 is before 40000.
equal "by peer" "5" "$(rows_of -o FD --sort PEER | head -1 | tr -d ' ')"

value() {
	rows_of -a -o "$2" -p $$ | sed -n "$(($1 - 2))p" | sed 's/^ *//; s/ *$//'
}

equal PARENT "$$:3" "$(value 4 PARENT)"
equal RX "1.2M" "$(value 4 RX)"
equal "RX -v" 1234567 "$("$SOCKTAB" ls --no-headings -v -o RX -t -4 state established | tr -d ' ')"
equal INODE 4242 "$(value 4 INODE)"
equal ERRORS 2 "$(value 4 ERRORS)"
equal "ERRNO of sending" EPIPE "$(value 4 ERRNO)"
equal "ERRNO of connecting" ECONNREFUSED "$(value 6 ERRNO)"
equal CONNECT 250us "$(value 6 CONNECT)"
equal NODELAY yes "$(value 4 NODELAY)"
equal KEEPALIVE no "$(value 4 KEEPALIVE)"
equal "NODELAY unknown" - "$(value 3 NODELAY)"
equal REUSE addr "$(value 3 REUSE)"
equal LINGER 5.0s "$(value 4 LINGER)"
equal SNDBUF 64K "$(value 4 SNDBUF | sed 's/\.0K/K/')"
equal BACKLOG 128 "$(value 3 BACKLOG)"
equal "BACKLOG of none" - "$(value 4 BACKLOG)"
equal GROUPS '224.0.0.251%1' "$(value 7 GROUPS)"
equal PEERS 1 "$(value 7 PEERS)"
equal PASSED 3 "$(value 8 PASSED)"
equal CLOSER close "$(value 12 CLOSER)"
equal "AGE once closed" 2.0s "$(value 12 AGE)"
equal LIFE closed "$(value 12 LIFE)"
equal "LOCAL of a strange family" af44:dead "$(value 11 LOCAL)"

# The kernel is asked for an inode that nobody recorded.
equal "INODE of none" - "$(value 5 INODE)"
exec 5<>/dev/udp/127.0.0.1/9
equal "INODE that /proc knows" "$(readlink /proc/$$/fd/5 | tr -dc 0-9)" "$(value 5 INODE)"
exec 5>&-

# Headings and the last line can be left out.
equal "--no-headings" 9 "$(rows_of | wc -l)"
equal "with them" 11 "$("$SOCKTAB" ls | wc -l)"
complains 2 "names no column" "$SOCKTAB" ls -o ,
finish
