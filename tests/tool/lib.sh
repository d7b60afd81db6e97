# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
#
# Sourced by the tests of the tool, which run in the top of the build tree: a directory of
# sessions of their own, and ways to say what is expected.

SOCKTAB=$PWD/tools/socktab
FORGE=$PWD/tests/tool/forge
MODULE=$PWD/.libs/libsocktab-preload.so
WORK=$(mktemp -d)
FAILURES=0
CHILDREN=()

export LC_ALL=C.UTF-8 TZ=UTC SOCKTAB_DIR=$WORK/sessions
unset SOCKTAB_SESSION SOCKTAB_ROWS SOCKTAB_VERBOSE SOCKTAB_MODULE LD_PRELOAD NO_COLOR
mkdir -m 700 "$SOCKTAB_DIR"

clean_up() {
	((${#CHILDREN[@]})) && kill -9 "${CHILDREN[@]}" 2>/dev/null
	rm -rf "$WORK"
}
trap clean_up EXIT

failed() {
	printf 'FAILED: %s\n' "$*"
	FAILURES=$((FAILURES + 1))
}

# equal WHAT EXPECTED GOT
equal() {
	[[ $2 == "$3" ]] || failed "$1: expected '$2', got '$3'"
}

# has WHAT TEXT FIXED-STRING
has() {
	[[ $2 == *"$3"* ]] || failed "$1: no '$3' in '$2'"
}

# has_not WHAT TEXT FIXED-STRING
has_not() {
	[[ $2 != *"$3"* ]] || failed "$1: '$3' in '$2'"
}

# run COMMAND...: leaves STATUS, OUT and ERR
run() {
	"$@" >"$WORK/out" 2>"$WORK/err" </dev/null
	STATUS=$?
	OUT=$(tr '\0' '@' <"$WORK/out")
	ERR=$(tr '\0' '@' <"$WORK/err")
}

# gives STATUS COMMAND...: the same, and expects the status
gives() {
	local expected=$1

	shift
	run "$@"
	[[ $STATUS == "$expected" ]] ||
		failed "status $STATUS, not $expected, of: $* (stdout: $OUT) (stderr: $ERR)"
}

# complains STATUS TEXT COMMAND...: one line on stderr that begins with the tool's name
complains() {
	local expected=$1 text=$2

	shift 2
	gives "$expected" "$@"
	has "$*" "$ERR" "$text"
	[[ $ERR == socktab:\ * && $ERR != *$'\n'* ]] || failed "$*: not one line: $ERR"
	equal "$*: stdout" '' "$OUT"
}

# forge SCENE [N]: a session of that name; this shell is the process that lives
forge() {
	"$FORGE" "$SOCKTAB_DIR/$1" "$1" $$ "${2:-0}" || failed "forge $1"
}

# wait_until SECONDS COMMAND...: until it succeeds
wait_until() {
	local tries=$(($1 * 20))

	shift
	while ! "$@" >/dev/null 2>&1; do
		((tries-- > 0)) || return 1
		sleep 0.05
	done
}

needs_module() {
	[[ -e $MODULE ]] && return
	echo "the module is not built"
	exit 77
}

finish() {
	((FAILURES)) && exit 1
	exit 0
}
