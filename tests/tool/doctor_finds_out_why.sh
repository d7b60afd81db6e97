#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

gives 0 "$SOCKTAB" doctor
has "module" "$OUT" "ok       module $MODULE"
has "directory" "$OUT" "ok       directory of sessions $SOCKTAB_DIR: "
has "a process" "$OUT" "ok       a process was preloaded, and its table read"
has_not "problems" "$OUT" "problem "
equal "nothing is left" "" "$(ls -A "$SOCKTAB_DIR")"
gives 0 "$SOCKTAB" doctor -q
equal "-q" "" "$OUT$ERR"

gives 1 env SOCKTAB_MODULE=/nowhere "$SOCKTAB" doctor
has "no module" "$OUT" "problem  no module at /nowhere"
# A library that is no module makes no table.
other=$(ldd /bin/sh | awk '/libc.so/ { print $3 }')
gives 1 env SOCKTAB_MODULE="$other" "$SOCKTAB" doctor
has "no table" "$OUT" "problem  a preloaded process made no table"
echo "no library" >"$WORK/libsocktab-preload.so"
gives 1 env SOCKTAB_MODULE="$WORK/libsocktab-preload.so" "$SOCKTAB" doctor
has "the loader's word" "$OUT" "problem  a preloaded process says: "
gives 0 bash -c 'ulimit -f 100000; exec "$0" doctor' "$SOCKTAB"
has "a limit" "$OUT" "is limited to"

# A process in a session, one outside, none at all.
"$SOCKTAB" run -n mine sleep 60 &
inside=$!
sleep 60 &
outside=$!
CHILDREN+=("$inside" "$outside")
wait_until 10 "$SOCKTAB" ps -S mine -q -p "$inside"
gives 0 "$SOCKTAB" doctor "$inside"
has "inside" "$OUT" "process $inside has the module in it"
has "inside" "$OUT" "process $inside (sleep) is in session mine, with 0 sockets open"
gives 1 "$SOCKTAB" doctor "$outside"
has "outside" "$OUT" "process $outside does not have the module in it"
has "outside" "$OUT" "is in none of your sessions"
has "outside" "$OUT" "can be preloaded: start it with 'socktab run'"
kill "$outside"
wait "$outside" 2>/dev/null
gives 1 "$SOCKTAB" doctor "$outside"
equal "none" "problem  there is no process $outside" "$OUT"
gives 0 "$SOCKTAB" doctor sh
finish
