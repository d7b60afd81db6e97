# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=/dev/null
#
# GLib's installed tests: its main loop, GIO's sockets, D-Bus, spawning. A C library that makes
# descriptors in every way that there is.
programs=/usr/libexec/installed-tests/glib

if [[ $1 == needs ]]; then
	[[ -x $programs/socket ]] && exit
	echo "no libglib2.0-tests"
	exit 1
fi

# shellcheck disable=SC2154 # $short and $here are the runner's
. "$here/tap.sh"
tests='socket socket-address socket-listener unix-fd unix-streams'
kinds='async|cancellable|credentials|file|gdbus|iochannel|mainloop|network|poll|proxy|resolver|socket'
kinds="$kinds|spawn|srvtarget|stream|subprocess|task|thread-pool|timeout|tls|unix"
[[ $short ]] || tests=$(sed -n "s|^Exec=$programs/\\([^ ]*\\)$|\\1|p" \
	/usr/share/installed-tests/glib/*.test | grep -E "$kinds")
for test in $tests; do
	[[ ! -x $programs/$test ]] || tap "$test" "$programs/$test" --tap
done
