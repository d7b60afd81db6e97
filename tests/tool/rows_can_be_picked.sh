#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

# picks FDS ARGUMENTS...
picks() {
	local expected=$1 got

	shift
	got=$("$SOCKTAB" ls --no-headings -o FD "$@" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')
	equal "ls $*" "$expected" "$got"
}

forge sample
picks '3 4 5 6 7 8 9 10 11'
picks '3 4 5 6 7 8 9 10 11 12 3 3' -a
picks '3 4 5 6 7 8 9 10 11' -p $$
picks '3 4 5 6 7 8 9 10 11' -p "1,$$"
picks '3 4 5 6 7 8 9 10 11' -p 1 -p $$
picks '' -p 1
picks '3 8' -l
picks '3 4 5 6' -t
picks '7' -u
picks '8 9' -x
picks '3 4 5 6 7' -tu
picks '7 8 9' -u -x
picks '3 4 5 6' -4
picks '7' -6
picks '' -6 -t
picks '8 9' -6 -t -x
picks '3 4 5 6 7' -4 -6
picks '3' -l -t

# ss's words for states
picks '4' state established
picks '4' state ESTAB
picks '3 8' state listening
picks '5' state syn-sent
picks '7 9 10 11' state unconnected
picks '4 5' state connected
picks '4' state synchronized
picks '' state bucket
picks '3 4 5 6 7 8 9 10 11' state big
picks '3 4 5 6 7 8 9 10 11' state all
picks '6' state failed
picks '3 4 8' state established state listening
picks '5 6 7 9 10 11' exclude established exclude listening
picks '5' state connected exclude established
picks '3' -t state listening
picks '4' state established and pid $$
picks '' state close-wait
picks '' state established pid 1
# Who names the closed ones wants to see them.
picks '12' state closed
picks '12' -a state closed

# Without a command the words belong to ls.
equal "socktab FILTER" "$("$SOCKTAB" ls state established -o FD)" "$("$SOCKTAB" state established -o FD)"
equal "socktab -l" "$("$SOCKTAB" ls -l -o FD)" "$("$SOCKTAB" -l -o FD)"

has "last line" "$("$SOCKTAB" | tail -1)" "9 sockets, 1 process; 0 lost"
has "of one" "$("$SOCKTAB" -u | tail -1)" "1 socket, 1 process; 0 lost"
has "of all" "$("$SOCKTAB" -a | tail -1)" "12 sockets, 3 processes; 0 lost"
has "-a shows how they ended" "$("$SOCKTAB" -a | head -1)" LIFE

complains 2 "no pid" "$SOCKTAB" ls -p 0
complains 2 "no pid" "$SOCKTAB" ls -p 99999999999

rm "$SOCKTAB_DIR/sample"
forge dead
gives 1 "$SOCKTAB" ls
equal "only the dead" "0 sockets, 0 processes; 0 lost; 3 of dead processes: -a" "$OUT"
gives 0 "$SOCKTAB" ls -a

# Of another pid namespace: unknown, never dead.
forge foreign
gives 0 "$SOCKTAB" ls -S foreign -o +ALIVE,LIFE
has "another namespace" "$OUT" unknown
finish
