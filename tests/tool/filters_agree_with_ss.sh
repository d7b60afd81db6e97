#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
# The same filter on the same sockets gives the same set. ss is asked for the descriptors of one
# process, which it knows of every kind of socket here.
needs_module
for program in ss python3; do
	command -v $program >/dev/null || { echo "no $program"; exit 77; }
done

"$SOCKTAB" run -n ss python3 "${srcdir:-.}/tests/tool/sockets_for_ss.py" "$WORK" >"$WORK/log" 2>&1 &
PID=$!
CHILDREN+=("$PID")
wait_until 20 test -e "$WORK/sockets" || { cat "$WORK/log"; failed "no sockets"; finish; }

declare -A PORT
declare -A NAME
while read -r name fd port; do
	PORT[$name]=$port
	NAME[$fd]=$name
done <"$WORK/sockets"

# Numbers of descriptors on standard input; answers the sockets' names.
names() {
	local fd

	while read -r fd; do
		echo "${NAME[$fd]:-fd-$fd}"
	done | sort | tr '\n' ' '
}

# of_ss KINDS FILTER...
of_ss() {
	local kinds=$1

	shift
	ss -Hanp "-$kinds" "$@" 2>"$WORK/complaint" | grep -o "pid=$PID,fd=[0-9]*" | sed 's/.*=//' | names
	[[ ! -s $WORK/complaint ]] || cat "$WORK/complaint"
}

of_socktab() {
	local kinds=$1

	shift
	"$SOCKTAB" ls -S ss "-$kinds" --no-headings -o FD -p $PID "$@" 2>&1 | tr -d ' ' | names
}

COUNT=0 EMPTY=0
# same KINDS FILTER...: @name is the port of that socket
same() {
	local kinds=$1 words=() word name expected

	shift
	for word; do
		for name in "${!PORT[@]}"; do
			word=${word//@$name@/${PORT[$name]}}
		done
		words+=("$word")
	done
	[[ ${words[*]} != *@*@* ]] || return 0	# of a family that is not here
	expected=$(of_ss "$kinds" "${words[@]}")
	equal "-$kinds ${words[*]}" "$expected" "$(of_socktab "$kinds" "${words[@]}")"
	COUNT=$((COUNT + 1))
	[[ -n $expected ]] || EMPTY=$((EMPTY + 1))
}

# ss must see at all whose sockets these are.
[[ $(of_ss t) == *four* ]] || { echo "ss sees no sockets of this process: $(of_ss t)"; exit 77; }
read -ra EVERYTHING < <(of_ss tu)
((${#EVERYTHING[@]} > 8)) || failed "only ${EVERYTHING[*]}"

for kinds in tu t u; do
	same $kinds
	same $kinds sport = :@four@
	same $kinds sport :@four@
	same $kinds sport @four@
	same $kinds "sport = :@four@"
	same $kinds sport == :@four@
	same $kinds sport eq :@four@
	same $kinds sport != :@four@
	same $kinds sport ne :@four@
	same $kinds sport neq :@four@
	same $kinds sport gt :@four@
	same $kinds sport '>' :@four@
	same $kinds sport lt :@tcp_client@
	same $kinds sport '<=' :@four@
	same $kinds sport geq :@four@
	same $kinds dport ge :@udp@
	same $kinds dport = :@four@
	same $kinds dport = :0
	same $kinds dport '<' :100
	same $kinds dport != :0
	same $kinds sport = :*
	same $kinds sport = :https
	same $kinds dport :domain
	same $kinds dst 127.0.0.1
	same $kinds dst = 127.0.0.1
	same $kinds dst 127.0.0.0/8
	same $kinds dst 127/8
	same $kinds dst 10.0.0.0/8
	same $kinds dst 0.0.0.0/0
	same $kinds dst 0.0.0.0
	same $kinds dst 127.0.0.1:@four@
	same $kinds dst :@tcp_client@
	same $kinds dst '*'
	same $kinds dst '*:@four@'
	same $kinds src 127.0.0.1
	same $kinds src 127.0.0.1:@udp@
	same $kinds src 127.0.0.0/9:@four@
	same $kinds src 0.0.0.0
	same $kinds src inet:127.0.0.1
	same $kinds src 'inet:*'
	same $kinds dst localhost
	same $kinds '( sport = :@four@ or sport = :@udp@ )'
	same $kinds '(' sport = :@four@ or sport = :@udp@ ')'
	same $kinds not sport = :@four@
	same $kinds '!' sport = :@four@
	same $kinds not '(' sport = :@four@ or dport = :@four@ ')'
	same $kinds not not sport = :@four@
	same $kinds sport = :@four@ '&' dport = :@tcp_client@
	same $kinds sport = :@four@ '&&' dport = :@tcp_client@
	same $kinds sport = :@four@ and dport = :@tcp_client@
	same $kinds sport = :@four@ dport = :@tcp_client@
	same $kinds sport = :@four@ '|' sport = :@udp@
	same $kinds sport = :@four@ '||' sport = :@udp@
	# From left to right.
	same $kinds sport = :@udp@ or sport = :@four@ and dport = :@tcp_client@
	same $kinds sport = :@udp@ or sport = :@four@ dport = :@tcp_client@
	same $kinds dport = :@tcp_client@ and sport = :@four@ or sport = :@udp@
	same $kinds not sport = :@four@ or sport = :@four@
	same $kinds not sport = :@four@ dst 127.0.0.1
	same $kinds autobound
	same $kinds not autobound
	same $kinds state established
	same $kinds state ESTABLISHED
	same $kinds state listening
	same $kinds state unconnected
	same $kinds state syn-sent
	same $kinds state syn-recv
	same $kinds state time-wait
	same $kinds state fin-wait-2
	same $kinds state all
	same $kinds state big
	same $kinds state bucket
	same $kinds state established state listening
	same $kinds exclude listening
	same $kinds exclude established exclude listening
	same $kinds exclude established state established
	same $kinds state listening exclude listening state unconnected
	same $kinds exclude time-wait sport = :@four@
	same $kinds state established '( dport = :@four@ or sport = :@four@ )'
	same $kinds state established dport = :@four@ or sport = :@udp@
	same $kinds state listening sport = :@four@ or sport = :@udp@
	# IPv6
	same $kinds dst '[::1]'
	same $kinds src '[::1]:@six@'
	same $kinds src '::1:@six@'
	same $kinds src '[::1/128]:@six@'
	same $kinds src '[::/0]'
	same $kinds dst '[::ffff:127.0.0.1]'
	same $kinds dst '[::ffff:0:0/96]'
	same $kinds dst 'inet6:*'
	same $kinds src '[::]'
	same $kinds dst '[::]'
	same $kinds sport = :@both@
	same $kinds sport = :@six@ or src 127.0.0.1 and dport = :@mapped_client@
done

same t state connected exclude established
same t state synchronized exclude fin-wait-2
for state in established listening unconnected connected synchronized all big bucket; do
	same x state $state
	[[ $state == all ]] || same x exclude $state
done
same x
same x src "$WORK/Local.sock"
same x src "$WORK/local.sock"
same x src "unix:$WORK/*"
same x src '*Local.sock'
same x not src "$WORK/*"
same x src "@ss-$PID"
same x src "@ss*" or src "$WORK/*"
same x state listening dst "$WORK/Local.sock"
same x autobound
same x state established not autobound
same x src 127.0.0.1

echo "$COUNT filters, $EMPTY of them pick nothing"
((COUNT - EMPTY > 100)) || failed "only $((COUNT - EMPTY)) of $COUNT filters pick anything"
finish
