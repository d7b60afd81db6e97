# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Twisted's own suite: every reactor that it has (epoll, poll, select, GLib's), processes.
python=/usr/bin/python3

if [[ $1 == needs ]]; then
	$python -c 'import twisted.internet.test.test_tcp' 2>/dev/null && exit
	echo "no python3-twisted"
	exit 1
fi

# shellcheck disable=SC2154 # $short is the runner's
if [[ $short ]]; then
	tests='twisted.internet.test.test_tcp twisted.internet.test.test_unix'
else
	tests='twisted.internet twisted.test.test_process twisted.test.test_tcp
		twisted.test.test_udp twisted.test.test_unix twisted.test.test_internet
		twisted.protocols.test.test_basic
		twisted.protocols.test.test_policies twisted.protocols.haproxy twisted.web'
fi
# Its tree: a class's tests are further in than the class.
# shellcheck disable=SC2086 # a list of words
$python -m twisted.trial --reporter=verbose $tests | tee trial.out | awk '
	/^=+$/ { exit }
	/^ *[^ ]/ {
		depth = match($0, /[^ ]/)
		name = $1
		for (i in path)
			if (i >= depth)
				delete path[i]
		if ($0 !~ /\.\.\. +\[/) {
			path[depth] = name
			next
		}
		whole = ""
		for (i = 1; i < depth; i++)
			if (i in path)
				whole = whole path[i] "."
		verdict = $0
		sub(/.*\[/, "", verdict)
		sub(/\].*/, "", verdict)
		print whole name, verdict
	}'
tail -n 5 trial.out >&2
