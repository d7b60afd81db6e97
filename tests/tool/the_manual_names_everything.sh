#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
manual=${srcdir:-.}/man/socktab.1

if command -v mandoc >/dev/null; then
	mandoc -Tlint -W warning "$manual" || failed "mandoc finds faults"
fi
for command in $("$SOCKTAB" help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	grep -q "^\.Ss Nm $command\|^\.It Ic $command\|^\.Ss $command" "$manual" || failed "no command $command"
	while read -r option; do
		case $option in
		--*) grep -q "Fl Fl ${option#--}\b" "$manual" ;;
		*) grep -q "Fl ${option#-}\b" "$manual" ;;
		esac || failed "no option $option of $command"
	done < <("$SOCKTAB" help "$command" | grep -o '^ *-[^ ]*, --[a-z0-9-]*\|^ *--[a-z0-9-]*' | tr -d ' ' | tr ',' '\n')
done
for command in ls ps audit; do
	for column in $("$SOCKTAB" $command -o help | cut -d ' ' -f 1); do
		grep -q "^\.It Sy $column\b" "$manual" || failed "no column $column"
	done
done
for state in $("$SOCKTAB" completion bash | sed -n "s/.*exclude) _socktab_words '\(.*\)';.*/\1/p" | head -1); do
	grep -q "Cm $state\b" "$manual" || failed "no state $state"
done
for word in $("$SOCKTAB" help filter | sed -n '/^words/,/^$/s/^  \([a-z0-9_]*\).*/\1/p'); do
	grep -q "^\.It Cm $word\b" "$manual" || failed "no word $word"
done
for variable in SOCKTAB_DIR SOCKTAB_SESSION SOCKTAB_ROWS SOCKTAB_VERBOSE SOCKTAB_MODULE LD_PRELOAD NO_COLOR XDG_RUNTIME_DIR; do
	grep -q "Ev $variable\b" "$manual" || failed "no variable $variable"
done
for status in 0 1 2 124 125 126 127; do
	grep -q "^\.It $status$" "$manual" || failed "no status $status"
done
finish
