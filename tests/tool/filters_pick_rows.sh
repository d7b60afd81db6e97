#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# picks FDS FILTER...
picks() {
	local expected=$1 got

	shift
	got=$("$SOCKTAB" ls --no-headings -o FD "$@" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')
	equal "ls $*" "$expected" "$got"
}

forge sample
picks '3 4' sport = :8080
picks '3 4' sport=:8080
picks '3 4' 'sport = 8080'
picks '4' dport :40000
picks '4 5 6' dst 127.0.0.0/8
picks '4' '(sport = :8080 and dst 127/8)'
picks '5 6' 'sport gt :40000'
picks '3 4 5 6' src 127.0.0.1
picks '8' path '/run/*'
picks '8' path "'/run/a b'"
picks '8' src '/RUN/*'
picks '9' path '@a*'
picks '8 9' family unix
picks '8' proto unix-stream
picks '8 9' proto unix
picks '7' proto udp
picks '3 4 7' proto tcp,udp not state syn-sent not state failed
picks '3 4' fd 3,4
picks '3' 'fd < 4'
picks '4' 'rx > 4KiB'
picks '6' errno ECONNREFUSED
picks '3 4 5 6 7 8 9 10 11' comm 'serv*'
picks '3 4 5 6 7 8 9 10 11' 'age > 1ms' 'age < 1d'
picks '' 'idle > 1d'
# From left to right.
picks '4' 'fd 3 or fd 4 and dport :40000'
picks '3 4' 'dport :40000 and fd 4 or fd 3'
picks '4' 'state established fd 4 or fd 3'
picks '3 4' 'state established or fd 3'
# What is closed is asked for by its words.
picks '12' closed
picks '12' 'state closed'
picks '12' life closed
picks '12 3 3' not life open -a

# Every column is a word, but those that only the kernel or the tool can fill.
words=" $("$SOCKTAB" help filter | sed -n '/^words/,/^$/s/^  \([a-z0-9_, ]*\) .*/\1/p' | tr -d ',_' | tr '\n' ' ') "
for column in $("$SOCKTAB" ls -o help | cut -d ' ' -f 1); do
	has "column $column" "$words" " ${column,,} "
done
finish
