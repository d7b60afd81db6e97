# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Sourced by suites of programs that speak TAP.

# tap NAME PROGRAM...: runs it and prints "NAME/test verdict", and how the program itself ended
tap() {
	local name=$1

	shift
	timeout 120 "$@" | awk -v program="$name" '
		/^ *(not )?ok / {
			verdict = /^ *not / ? "failed" : "ok"
			if (/# *SKIP/)
				verdict = "skipped"
			if (/# *TODO/)
				verdict = "todo"
			sub(/^ *(not )?ok [0-9]* *-? */, "")
			sub(/ *#.*/, "")
			gsub(/ /, "_")
			print program "/" $0, verdict
		}'
	echo "$name status-${PIPESTATUS[0]}"
}
