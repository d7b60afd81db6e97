#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

forge sample
gives 0 "$SOCKTAB" ps
read -r -a heading < <(head -1 "$WORK/out")
equal "columns" "PID PPID UID COMMAND LIFE OPEN OPENED RX TX ERRORS LOST AGE CMDLINE" "${heading[*]}"
equal "last line" "3 processes, 1 alive; 0 lost" "$(tail -1 "$WORK/out")"

life_of() {
	"$SOCKTAB" ps --no-headings -o COMMAND,LIFE,OPEN,OPENED,ERRORS | tr -s ' ' | grep "^$1 "
}
equal "lives" "server alive 9 10 2" "$(life_of server)"
equal "exited" "done exited 3 1 1 0" "$(life_of "done")"
equal "killed" "killed gone 1 1 0" "$(life_of killed)"
equal "-p" 1 "$("$SOCKTAB" ps --no-headings -p $$ | wc -l)"
equal "--sort" "server killed done " \
	"$("$SOCKTAB" ps --no-headings -o COMMAND --sort -COMMAND | tr -s ' \n' ' ')"
forge foreign
has "another namespace" "$("$SOCKTAB" ps -S foreign -o LIFE)" unknown
finish
