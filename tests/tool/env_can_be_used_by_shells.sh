#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null disable=SC2016
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

gives 0 "$SOCKTAB" env
equal "env" "LD_PRELOAD=$MODULE SOCKTAB_DIR=$SOCKTAB_DIR SOCKTAB_SESSION=default" "$OUT"
gives 0 "$SOCKTAB" env -n mine --rows 64
equal "-n, --rows" "LD_PRELOAD=$MODULE SOCKTAB_DIR=$SOCKTAB_DIR SOCKTAB_SESSION=mine SOCKTAB_ROWS=64" "$OUT"
gives 0 env SOCKTAB_SESSION=outer "$SOCKTAB" env
has "the present session" "$OUT" "SOCKTAB_SESSION=outer"

# shellcheck disable=SC2046
in_env=$(env $("$SOCKTAB" env -n one) sh -c 'echo $$; "$0" ps -S one --no-headings -o PID -p $$' "$SOCKTAB")
equal "env \$(socktab env)" "$(head -1 <<<"$in_env")" "$(tail -1 <<<"$in_env" | tr -d ' ')"

# Words that a shell would split or expand come back as they were.
mkdir -m 700 "$WORK/it's \$HOME"
in_eval=$(SOCKTAB_DIR="$WORK/it's \$HOME" bash -c 'eval "$("$0" env --export)"; echo "$SOCKTAB_DIR"; sh -c "echo \$SOCKTAB_SESSION"' "$SOCKTAB")
equal "eval" "$WORK/it's \$HOME"$'\n'default "$in_eval"
finish
