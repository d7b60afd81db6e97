#!/usr/bin/perl
# SPDX-License-Identifier: MIT
#
# talk.pl: here a server of three children, which accept from one listener, serves clients of
# this process. It settles, with all connections open and its port in the file `settled`, until
# the file `go` is there.
use strict;
use warnings;
use IO::Handle;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use Socket;

STDOUT->autoflush(1);
my $listener = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1', LocalPort => 0)
	or die "listen: $!";
my $port = $listener->sockport;

# A child answers lines on any number of connections, until its pipe to the parent is closed.
sub serve {
	my ($control) = @_;
	my $select = IO::Select->new($listener, $control);
	$listener->blocking(0);
	while (1) {
		for my $ready ($select->can_read) {
			exit 0 if $ready == $control;
			if ($ready == $listener) {
				my $client = $listener->accept or next;
				$client->blocking(1);
				$select->add($client);
			} elsif (sysread $ready, my $line, 65536) {
				syswrite $ready, uc $line;
			} else {
				$select->remove($ready);
				close $ready;
			}
		}
	}
}

my @controls;
for (1 .. 3) {
	socketpair my $ours, my $theirs, AF_UNIX, SOCK_STREAM, PF_UNSPEC or die "socketpair: $!";
	my $pid = fork // die "fork: $!";
	if (!$pid) {
		close $_ for @controls, $ours;
		serve($theirs);
	}
	close $theirs;
	push @controls, $ours;
}

my @clients = map {
	IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) or die "connect: $!"
} 1 .. 10;
for my $round (1 .. 20) {
	for my $i (0 .. $#clients) {
		my $client = $clients[$i];
		print $client "client $i round $round\n";
		$client->flush;
		my $answer = <$client>;
		print "$answer" if $round == 20;
	}
}
close shift @clients;

# A command whose output is read through a socketpair.
socketpair my $parent, my $child, AF_UNIX, SOCK_STREAM, PF_UNSPEC or die "socketpair: $!";
if (!fork) {
	open STDOUT, '>&', $child or die "dup: $!";
	exec 'sh', '-c', 'echo from a shell; exec cat <&1' or die "exec: $!";
}
close $child;
print scalar <$parent>;

open my $settled, '>', 'settled' or die "settled: $!";
print $settled "$port\n";
close $settled;
for (1 .. 1000) {
	last if -e 'go';
	select undef, undef, undef, 0.02;
}
close $_ for @clients, @controls, $parent;
my @statuses = map { wait; $? } 1 .. 4;
print "children: @statuses\n";
