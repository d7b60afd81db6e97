#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"

for command in run ls ps show audit gc env doctor completion help; do
	gives 0 "$SOCKTAB" help
	has "help" "$OUT" "  $command "
	gives 0 "$SOCKTAB" help "$command"
	has "help $command" "$OUT" "usage: socktab $command"
	has "help $command" "$OUT" "--help"
	own=$OUT
	gives 0 "$SOCKTAB" "$command" -h
	equal "$command -h" "$own" "$OUT"
	gives 0 "$SOCKTAB" "$command" --help
	gives 0 "$SOCKTAB" "$command" -V
	has "$command -V" "$OUT" "socktab "
done
gives 0 "$SOCKTAB" -h
has "-h" "$OUT" "commands:"
gives 0 "$SOCKTAB" --version

# What is nearly right is recognised.
complains 2 "did you mean 'doctor'?" "$SOCKTAB" help docter
complains 2 "did you mean '--session'?" "$SOCKTAB" ls --sesion x
complains 2 "did you mean 'STATE'?" "$SOCKTAB" ls -o pid,stat
complains 2 "did you mean 'AGE'?" "$SOCKTAB" ls --sort -AGF
complains 2 "goes first" "$SOCKTAB" -a ps

# What is far off is not guessed.
complains 2 "unknown option '-Z'" "$SOCKTAB" ls -Z
has_not "-Z" "$ERR" "mean"
complains 2 "no column 'quux'" "$SOCKTAB" ls -o quux
has_not "quux" "$ERR" "mean"
complains 2 "wants an argument" "$SOCKTAB" ls -S
complains 2 "takes no argument" "$SOCKTAB" ls --json=x
complains 2 "does not know what to do with 'x'" "$SOCKTAB" ps x
complains 2 "does not know what to do with" "$SOCKTAB" gc $'\033[31m'
has "escaped" "$ERR" '\x1b[31m'
finish
