#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
#
# The loader splits LD_PRELOAD at spaces and colons, whatever one does: a module at such a path is
# preloaded all the same, or run says in a line that it cannot be; never is a program silently run
# without it. Other odd paths work.
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

for name in 'with space' 'with:colon'; do
	mkdir "$WORK/$name"
	cp "$MODULE" "$WORK/$name/"
	run env SOCKTAB_MODULE="$WORK/$name/${MODULE##*/}" "$SOCKTAB" run -n odd sh -c :
	if ((STATUS == 0)); then
		gives 0 "$SOCKTAB" ps -S odd
		rm "$SOCKTAB_DIR/odd"
	else
		equal "$name: status" 125 "$STATUS"
		[[ $ERR == socktab:\ * && $ERR != *$'\n'* ]] || failed "$name: not one line: $ERR"
	fi
done

for name in 'söcktab' 'a+b,c~d' "it's" 'quo"ted'; do
	mkdir "$WORK/$name"
	cp "$MODULE" "$WORK/$name/"
	run env SOCKTAB_MODULE="$WORK/$name/${MODULE##*/}" "$SOCKTAB" run -n odd sh -c :
	if ((STATUS == 0)); then
		equal "$name: the loader is content" '' "$ERR"
		gives 0 "$SOCKTAB" ps -S odd
		rm -f "$SOCKTAB_DIR/odd"
	else
		equal "$name: status" 125 "$STATUS"
	fi
done
finish
