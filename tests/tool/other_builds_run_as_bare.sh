#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
#
# Programs that compilers, checkers and other libcs have changed: `socktab run` runs them as bare,
# with their sockets in the table, or says in a line why not.
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module
programs=$(cd "${srcdir:-.}/tests/programs" && pwd)
unset ASAN_OPTIONS
cases=0

# build COMPILER OPTION... -- SOURCE: makes $WORK/program, or answers false
build() {
	local compiler=()

	while [[ $1 != -- ]]; do
		compiler+=("$1")
		shift
	done
	rm -f "$WORK/program"
	command -v "${compiler[0]}" >/dev/null &&
		"${compiler[@]}" -D_GNU_SOURCE -g -pthread -o "$WORK/program" "$programs/$2.c" \
			2>/dev/null && (yes '' | "$WORK/program") >/dev/null 2>&1
}

# converse FILE COMMAND...: all that it says, without what differs from run to run, and its status
converse() {
	local file=$1

	shift
	{
		yes '' 2>/dev/null | timeout 60 "$@" 2>"$file.err"
		echo "status ${PIPESTATUS[1]}"
	} | sed '/^@/s/ .*//' >"$file"
	sed -E 's/==[0-9]+==/==PID==/' "$file.err" >>"$file"
}

# as_bare WHAT COMMAND...: bare, and by run
as_bare() {
	local what=$1 session

	shift
	cases=$((cases + 1))
	session=case-$cases
	converse "$WORK/bare" "$@"
	converse "$WORK/run" "$SOCKTAB" run -n $session "$@"
	equal "$what" "$(cat "$WORK/bare")" "$(cat "$WORK/run")"
	gives 0 "$SOCKTAB" ls -S $session -a --csv -o ORIGIN
	has "$what: its sockets" "$OUT" "socket"
	gives 0 "$SOCKTAB" ps -S $session
	has "$what: losses" "$(tail -n 1 "$WORK/out")" "; 0 lost"
}

# refused TEXT: run says so, in a line
refused() {
	cases=$((cases + 1))
	complains 126 "$1" "$SOCKTAB" run "$WORK/program"
}

for source in everyday_life counters_of_four_threads vfork_child_that_closes_all \
		exec_with_an_empty_environment fork_from_a_thread; do
	for compiler in gcc clang; do
		! build $compiler -fsanitize=thread -- $source ||
			as_bare "$source, $compiler, threads" "$WORK/program"
		! build $compiler -fsanitize=undefined -- $source ||
			as_bare "$source, $compiler, undefined" "$WORK/program"
	done
	! build clang -fsanitize=address -- $source ||
		as_bare "$source, clang, address" "$WORK/program"
	! build gcc -fsanitize=address -static-libasan -- $source ||
		as_bare "$source, gcc, address within" "$WORK/program"
done

# gcc's runtime wants to be the first library: then run says so, and how to go on.
if build gcc -fsanitize=address -- everyday_life; then
	refused AddressSanitizer
	runtime=$(ldd "$WORK/program" | awk '$1 ~ /^libasan/ { print $3 }')
	as_bare "its runtime first" env LD_PRELOAD="$runtime" "$WORK/program"
	as_bare "it does not insist" env ASAN_OPTIONS=verify_asan_link_order=0 "$WORK/program"
fi

# A checker that runs the program on a processor of its own. Where it checks descriptors, it sees
# none of ours.
if command -v valgrind >/dev/null && build cc -- everyday_life; then
	as_bare "valgrind" valgrind -q --error-exitcode=9 "$WORK/program"
	as_bare "valgrind, all programs" valgrind -q --error-exitcode=9 --trace-children=yes \
		"$WORK/program"
fi

! build gcc -static-pie -- everyday_life || refused "statically linked"
! build musl-gcc -- everyday_life || refused "another libc"
! build musl-gcc -static -- everyday_life || refused "statically linked"

if ((cases == 0)); then
	echo "no compiler makes such programs here"
	exit 77
fi
echo "$cases cases"
finish
