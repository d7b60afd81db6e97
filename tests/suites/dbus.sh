# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=/dev/null
#
# D-Bus's installed tests: buses that start services, pass descriptors, and run out of them.
programs=/usr/lib/dbus-1.0/installed-tests/dbus

if [[ $1 == needs ]]; then
	[[ -x $programs/test-fdpass ]] && exit
	echo "no dbus-tests"
	exit 1
fi

# shellcheck disable=SC2154 # $short and $here are the runner's
. "$here/tap.sh"
tests='test-fdpass test-loopback test-relay'
[[ $short ]] || tests=$(cd "$programs" && echo test-*)
for test in $tests; do
	[[ ! -f $programs/$test || ! -x $programs/$test ]] || tap "$test" "$programs/$test" --tap
done
