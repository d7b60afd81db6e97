# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# CPython's own suite, of what has to do with sockets, processes and threads.
python=/usr/bin/python3.11

if [[ $1 == needs ]]; then
	$python -c 'import test.test_socket' 2>/dev/null && exit
	echo "no libpython3.11-testsuite"
	exit 1
fi

# shellcheck disable=SC2154 # $short is the runner's
if [[ $short ]]; then
	tests='test_epoll test_httplib test_smtplib'
else
	tests='test_socket test_ssl test_asyncio test_selectors test_poll test_epoll test_httplib
		test_httpservers test_ftplib test_smtplib test_subprocess test_os test_posix
		test_signal test_eintr test_threading test_multiprocessing_fork
		test_multiprocessing_spawn test_multiprocessing_forkserver
		test_multiprocessing_main_handling'
fi
# VSOCK's hang here without the module, too: there is no host that answers.
# shellcheck disable=SC2086 # a list of words
$python -m test -i '*VSOCK*' --junit-xml most.xml $tests >&2
# This one wants the network, and stays on the loopback; others would go out.
$python -m test -u network --junit-xml socketserver.xml test_socketserver >&2
# shellcheck disable=SC2154 # the runner's
for file in most.xml socketserver.xml; do
	LD_PRELOAD='' $python "$here/verdicts_of_junit.py" $file
done
