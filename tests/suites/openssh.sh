# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# OpenSSH's regression tests: a server that forks, drops its privileges and puts itself under a
# seccomp filter; forwarding, multiplexing, agents.
regress=/usr/lib/openssh/regress

if [[ $1 == needs ]]; then
	[[ -e $regress/test-exec.sh ]] || { echo "no openssh-tests"; exit 1; }
	[[ -x /usr/sbin/sshd ]] || { echo "no sshd"; exit 1; }
	[[ $EUID != 0 ]] || [[ -d /run/sshd ]] || mkdir -m 755 /run/sshd ||
		{ echo "no /run/sshd"; exit 1; }
	exit 0
fi

# shellcheck disable=SC2154 # $short is the runner's
if [[ $short ]]; then
	tests='connect exit-status'
else
	tests='connect proxy-connect connect-privsep connect-uri proto-version proto-mismatch
		exit-status exit-status-signal envpass transfer banner rekey stderr-data
		stderr-after-eof broken-pipe yes-head agent agent-getpeereid agent-subprocess keyscan
		scp sftp sftp-cmds sftp-batch sftp-glob reconfigure dynamic-forward forwarding multiplex
		reexec keys-command principals-command forward-control integrity'
fi
export TEST_SSH_SSH=/usr/bin/ssh TEST_SSH_SSHD=/usr/sbin/sshd
export TEST_SSH_SFTPSERVER=/usr/lib/openssh/sftp-server
export TEST_SSH_SSHAGENT=/usr/bin/ssh-agent TEST_SSH_SSHADD=/usr/bin/ssh-add
export TEST_SSH_SSHKEYGEN=/usr/bin/ssh-keygen TEST_SSH_SSHKEYSCAN=/usr/bin/ssh-keyscan
export TEST_SSH_SFTP=/usr/bin/sftp TEST_SSH_SCP=/usr/bin/scp
export TEST_SSH_UNSAFE_PERMISSIONS=1 TEST_SSH_PORT=4242 SUDO='' TEST_SHELL=sh
for test in $tests; do
	mkdir "$test"
	timeout 240 sh $regress/test-exec.sh "$PWD/$test" "$regress/$test.sh" >"$test/out" 2>&1
	status=$?
	cat "$test/out" >&2
	if grep -q '^SKIPPED' "$test/out"; then
		echo "$test skipped"
	else
		echo "$test status-$status"
	fi
done
