#!/bin/sh
# SPDX-License-Identifier: MIT
# sshd, with keys of its own: it starts itself anew for each connection, takes rights away in a
# chroot and under a seccomp filter, and runs commands of a user who logs in by key; and ssh.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs sshd ssh ssh-keygen
[ "$(id -u)" -eq 0 ] || skip "only root can have an sshd with all its parts"

# It wants its folder in /run, which belongs to the system: a /run of its own has one.
if [ ! -d /run/sshd ]; then
	needs unshare
	unshare -m true 2>/dev/null || skip "there is no /run/sshd, and no right to make one"
	in_its_run="unshare -m $work/in_its_run"
	cat >"$work/in_its_run" <<-'END'
	#!/bin/sh
	mount -t tmpfs -o mode=755 run /run && mkdir -m 755 /run/sshd && exec "$@"
	END
	chmod +x "$work/in_its_run"
	$in_its_run true 2>/dev/null || skip "there is no /run/sshd, and no right to make one"
fi

make_keys() {
	ssh-keygen -q -t ed25519 -N '' -f host
	ssh-keygen -q -t ed25519 -N '' -f login
	cat login.pub >authorized
	# Without the start-up files of this user's shell.
	cat >sshd_config <<-END
	HostKey $PWD/host
	AuthorizedKeysFile $PWD/authorized
	PidFile none
	UsePAM no
	StrictModes no
	PermitRootLogin yes
	PasswordAuthentication no
	SetEnv HOME=$PWD
	END
}

sshd_starts() {
	sshd=$(command -v sshd)
	# shellcheck disable=SC2086 # words
	start ${in_its_run-} "$sshd" -D -e -f "$PWD/sshd_config" -o "ListenAddress=127.0.0.1:$port" \
		2>sshd.log
	server=$pid
}

# Nothing that this user has configured for himself.
configure_ssh() {
	cat >ssh_config <<-END
	Host here
		HostName 127.0.0.1
		Port $port
		User $(id -un)
		IdentityFile $PWD/login
		IdentitiesOnly yes
		UserKnownHostsFile $PWD/known
		StrictHostKeyChecking no
		BatchMode yes
		LogLevel ERROR
	END
}

# Somebody who has installed a seccomp filter, as the table says.
filtered() {
	[ "$mode" = bare ] ||
		"$socktab" ps -S "$name" --csv -o LIFE,QUIET | grep -q '^alive,true'
}

scenario() {
	make_keys
	serve sshd_starts
	configure_ssh
	run ssh -F ssh_config here 'echo hello; exit 7'
	echo "ssh: $?"
	seq 1 50000 | run ssh -F ssh_config here cksum
	run ssh -F ssh_config -o PubkeyAuthentication=no here true 2>/dev/null
	echo "without a key: $?"

	mkfifo feed
	exec 4<>feed
	start ssh -F ssh_config -L "$PWD/forwarded:$PWD/nobody" here cat <feed >echoed 4>&-
	client=$pid
	echo held >&4
	until_true test -s echoed
	# The listener; the connection with two ends and what its processes share.
	settled 4

	# One that says who it is and then nothing: its child is under the seccomp filter.
	mkfifo silence
	exec 5<>silence
	start nc 127.0.0.1 "$port" <silence >greeting 4>&- 5>&-
	silent=$pid
	printf 'SSH-2.0-silent\r\n' >&5
	until_true grep -q SSH-2 greeting
	until_true filtered
	settled 8
	exec 5>&-
	stop "$silent"

	exec 4>&-
	ended "$client"
	cat echoed
	stop "$server"
	both_ends "127.0.0.1:$port"
}
both
