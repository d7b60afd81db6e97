#!/bin/sh
# SPDX-License-Identifier: MIT
# perl: a listener shared by forked children, clients, a command on a socketpair.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs perl

scenario() {
	start perl "$here/talk.pl"
	talk=$pid
	until_true test -s settled
	# A listener in four processes, nine connections and three socketpairs with two ends,
	# the two of the command.
	settled 31
	: >go
	ended "$talk"
	both_ends "127.0.0.1:$(cat settled)"
}
both
