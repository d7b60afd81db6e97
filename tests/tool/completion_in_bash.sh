#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

gives 0 "$SOCKTAB" completion bash
cp "$WORK/out" "$WORK/completion"
bash -n "$WORK/completion" || failed "no bash"
shellcheck -s bash "$WORK/completion" 2>&1 || { command -v shellcheck >/dev/null && failed "shellcheck"; }
complete -r
. "$WORK/completion"
complete -p socktab >/dev/null || failed "nothing is completed"
socktab() { "$SOCKTAB" "$@"; }

# completes EXPECTED WORDS...: the last of the words
completes() {
	local expected=$1

	shift
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_socktab
	equal "$*" "$expected" "${COMPREPLY[*]}"
}

# completes_with WORD WORDS...: it is among what is offered
completes_with() {
	local wanted=$1

	shift
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_socktab
	has "$*" " ${COMPREPLY[*]} " " $wanted "
}

forge sample
forge dead
for command in run ls ps show wait gc env doctor completion help; do
	completes_with $command socktab ""
	completes_with $command socktab help ""
	while read -r option; do
		completes_with "$option" socktab $command "$option"
	done < <("$SOCKTAB" help $command | grep -o '^ *-[^ ]*, --[a-z0-9-]*\|^ *--[a-z0-9-]*' | tr -d ' ' | tr ',' '\n')
done
completes "run" socktab ru
completes "--notruncate" socktab ls --not
completes "--no-headings" socktab -p 1 --no-h
completes "LOCAL" socktab ls -o loc
completes "PID,LOCAL" socktab ls -o PID,loc
completes "+TYPE" socktab ls -o +ty
completes "-RXCALLS" socktab ls --sort -rxc
completes "CMDLINE" socktab ps --output = cmdl
completes "never" socktab ls --color = n
completes "dead sample" socktab ls -S ""
completes "sample" socktab show --session sa
completes "established" socktab ls state established
completes "listening" socktab state listenin
completes "state stale" socktab ls sta
completes "cloexec" socktab ls cloe
completes "bash" socktab completion ""
completes "--summary" socktab run --su
mkdir "$WORK/bin"
cp /bin/true "$WORK/bin/solitary-program"
PATH=$WORK/bin:$PATH
completes "solitary-program" socktab run solit
completes "solitary-program" socktab run --rows 5 solit
completes "solitary-program" socktab run -n x -- solit
completes "dead sample" socktab run -n ""
completes "" socktab run --rows ""
cd "$WORK" || exit 1
: >only-file
completes "only-file" socktab run ls only-
completes "" socktab gc ""
equal "sessions" "dead sample" "$("$SOCKTAB" completion --sessions | sort | tr '\n' ' ' | sed 's/ $//')"
finish
