#!/bin/sh
# SPDX-License-Identifier: MIT
# nginx: a master and two workers, of another user when we are root; and curl.
# shellcheck source=/dev/null disable=SC2154
. "${srcdir:-.}/tests/real/lib.sh"
needs nginx curl

nginx_starts() {
	cat >nginx.conf <<-END
	daemon off;
	user www-data;
	worker_processes 2;
	pid $PWD/pid;
	error_log $PWD/nginx.log notice;
	events { worker_connections 64; }
	http {
		access_log off;
		sendfile on;
		client_body_temp_path $PWD/temp1;
		proxy_temp_path $PWD/temp2;
		fastcgi_temp_path $PWD/temp3;
		uwsgi_temp_path $PWD/temp4;
		scgi_temp_path $PWD/temp5;
		server {
			listen 127.0.0.1:$port reuseport;
			listen unix:$PWD/socket;
			root $PWD/pages;
			location /behind/ { proxy_pass http://unix:$PWD/socket:/; }
		}
	}
	END
	start nginx -e nginx.log -c "$PWD/nginx.conf" 2>stderr.log
	server=$pid
}

get() {
	run curl -s --noproxy '*' "$@"
	echo "curl: status $?"
}

# Downloads of these numbers that stand still.
hold() {
	for i; do
		mkfifo "pipe$i"
		start_reader "pipe$i"
		readers="$readers $reader"
		start curl -s --noproxy '*' -N -o "pipe$i" "http://127.0.0.1:$port/large"
		clients="$clients $pid"
		until_true test -e "pipe$i.begun"
	done
}

let_go() {
	for i; do
		: >"pipe$i.go"
	done
	for i in $clients $readers; do
		ended "$i"
	done
	cksum ./pipe*.body
	clients='' readers=''
}

workers() {
	xargs -n 1 <"/proc/$server/task/$server/children"
}

# Two workers, and neither is one of $before.
new_workers() {
	[ "$(workers | wc -l)" -eq 2 ] && ! workers | grep -qxF "$before"
}

scenario() {
	clients='' readers=''
	mkdir pages
	chmod 755 pages
	echo hello >pages/hello
	truncate -s 32M pages/large
	serve nginx_starts
	get "http://127.0.0.1:$port/hello"
	get "http://127.0.0.1:$port/nothing" -o /dev/null -w '%{http_code}\n'
	get "http://127.0.0.1:$port/behind/hello"
	get --unix-socket socket "http://localhost/hello" "http://localhost/hello"
	hold 1 2 3 4
	# Listeners in three processes, channels, four connections with two ends.
	settled 25
	before=$(workers)
	let_go 1 2 3 4
	kill -s HUP "$server"
	until_true new_workers
	hold 5 6
	settled 18
	let_go 5 6
	stop "$server" QUIT
	both_ends "127.0.0.1:$port"
}
both
