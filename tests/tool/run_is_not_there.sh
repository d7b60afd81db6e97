#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# The same process, with the arguments as they were.
"$SOCKTAB" run sh -c 'echo $$; exec sleep 60' >"$WORK/pid" &
pid=$!
CHILDREN+=("$pid")
wait_until 10 test -s "$WORK/pid" || failed "it did not start"
equal "the same pid" "$pid" "$(cat "$WORK/pid")"
kill "$pid"
wait "$pid"
equal "the same end" 143 $?
gives 0 "$SOCKTAB" run printf '%s|' 'a b' '' -n --help
equal "arguments" 'a b||-n|--help|' "$OUT"
gives 0 "$SOCKTAB" run -n x -- printf '%s|' --
equal "--" '--|' "$OUT"
gives 9 "$SOCKTAB" run sh -c 'exit 9'
gives 137 sh -c '"$0" run sh -c "kill -9 \$\$"' "$SOCKTAB"

# The environment is the same but for ours.
bare=$(env | grep -v '^_=' | sort)
gives 0 "$SOCKTAB" run -n here env
added=$(grep -v '^_=' "$WORK/out" | sort | comm -13 <(echo "$bare") -)
equal "what is added" "LD_PRELOAD=$MODULE SOCKTAB_SESSION=here SOCKTAB_VERBOSE=1 " \
	"$(tr '\n' ' ' <<<"$added" )"
removed=$(grep -v '^_=' "$WORK/out" | sort | comm -23 <(echo "$bare") -)
equal "what is lost" "" "$removed"
gives 0 env LD_LIBRARY_PATH=/nowhere:/else "$SOCKTAB" run env
has "LD_LIBRARY_PATH" "$OUT" $'\nLD_LIBRARY_PATH=/nowhere:/else\n'
gives 0 env SOCKTAB_VERBOSE=0 "$SOCKTAB" run --rows 2048 env
has "--rows" "$OUT" SOCKTAB_ROWS=2048
has "SOCKTAB_VERBOSE" "$OUT" SOCKTAB_VERBOSE=0

# The session is there and holds the process.
gives 0 "$SOCKTAB" run -n mine sh -c '"$0" ps -S mine --no-headings -p $$ -o PID,COMMAND; echo $$' "$SOCKTAB"
equal "in its session" "$(tail -1 "$WORK/out") sh" "$(head -1 "$WORK/out" | sed 's/^ *//; s/  */ /; s/ *$//')"
gives 0 "$SOCKTAB" run /bin/echo
compgen -G "$SOCKTAB_DIR/echo-[a-z2-9][a-z2-9][a-z2-9][a-z2-9][a-z2-9][a-z2-9]" >/dev/null ||
	failed "no session of a random name"

# The directory is absolute, and private when it is new.
cd "$WORK" || exit 1
SOCKTAB_DIR=new/one gives 125 "$SOCKTAB" run true
SOCKTAB_DIR=new gives 0 "$SOCKTAB" run env
has "absolute" "$OUT" "SOCKTAB_DIR=$WORK/new"
equal "private" 700 "$(stat -c %a new)"
mkdir -m 755 open
SOCKTAB_DIR=open complains 125 "not private" "$SOCKTAB" run true
ln -s new link
SOCKTAB_DIR="link" complains 125 "not private" "$SOCKTAB" run true

# What LD_PRELOAD held is kept, and we are in it once.
other=$(ldd /bin/sh | awk '/libc.so/ { print $3 }')
gives 0 env LD_PRELOAD="$other" "$SOCKTAB" run sh -c 'echo "$LD_PRELOAD"'
equal "kept" "$other:$MODULE" "$OUT"
gives 0 env LD_PRELOAD="$MODULE $other:$MODULE" "$SOCKTAB" run -n again sh -c 'echo "$LD_PRELOAD"'
equal "once" "$other:$MODULE" "$OUT"

# A path that LD_PRELOAD cannot hold is linked to.
mkdir "$WORK/with space" "$WORK/with:colon"
chmod 700 "$WORK/with:colon"
cp "$MODULE" "$WORK/with space/"
export SOCKTAB_MODULE="$WORK/with space/libsocktab-preload.so"
gives 0 "$SOCKTAB" run -n spaced sh -c 'echo "$LD_PRELOAD"; grep -c libsocktab-preload /proc/self/maps'
has "a link" "$OUT" "$SOCKTAB_DIR/.module-"
[[ $(tail -1 "$WORK/out") -gt 0 ]] || failed "the module behind the link is not loaded"
preload=$(head -1 "$WORK/out")
gives 0 env LD_PRELOAD="$preload" "$SOCKTAB" run -n spaced sh -c 'echo "$LD_PRELOAD"'
equal "the link once" "$preload" "$OUT"
SOCKTAB_DIR="$WORK/with:colon" complains 125 "spaces and colons" "$SOCKTAB" run true
SOCKTAB_MODULE=$WORK/nowhere complains 125 "no preload module at $WORK/nowhere" "$SOCKTAB" run true
finish
