# SPDX-License-Identifier: MIT
#
# Opens sockets of many kinds on loopback, writes "NAME FD PORT" of each to the file that it is
# told, and holds them until it is killed.
import os
import socket
import sys
import time

sockets = {}


def keep(name, sock):
    sockets[name] = sock
    return sock


def listener(name, family, host):
    sock = keep(name, socket.socket(family))
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, host != "::")
    sock.bind((host, 0))
    sock.listen()
    return sock


def pair(name, family, host, server):
    client = keep(name + "_client", socket.socket(family))
    client.connect((host, server.getsockname()[1]))
    keep(name + "_server", server.accept()[0])


def has_ipv6():
    try:
        with open("/proc/net/if_inet6") as interfaces:
            return interfaces.read() != ""
    except OSError:
        return False


def hand_over(name):
    """A child holds it from here on, for as long as we live."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(write)
        os.read(read, 1)
        os._exit(0)
    os.close(read)
    sockets.pop(name).close()


directory = sys.argv[1]
four = listener("four", socket.AF_INET, "127.0.0.1")
pair("tcp", socket.AF_INET, "127.0.0.1", four)
pair("other", socket.AF_INET, "127.0.0.1", four)
pair("half", socket.AF_INET, "127.0.0.1", four)
sockets["half_client"].shutdown(socket.SHUT_WR)
# Its peer is in close-wait, which only the kernel knows.
hand_over("half_server")
pair("deaf", socket.AF_INET, "127.0.0.1", four)
sockets["deaf_client"].shutdown(socket.SHUT_RD)
if has_ipv6():
    pair("six", socket.AF_INET6, "::1", listener("six", socket.AF_INET6, "::1"))
    pair("mapped", socket.AF_INET, "127.0.0.1", listener("both", socket.AF_INET6, "::"))
    keep("udp6", socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)).bind(("::1", 0))
udp = keep("udp", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
udp.bind(("127.0.0.1", 0))
keep("udp_connected", socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).connect(udp.getsockname())
keep("udp_any", socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind(("", 0))

path = os.path.join(directory, "Local.sock")
local = keep("local", socket.socket(socket.AF_UNIX))
local.bind(path)
local.listen()
client = keep("local_client", socket.socket(socket.AF_UNIX))
client.connect(path)
keep("local_server", local.accept()[0])
keep("abstract", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind("\0ss-%d" % os.getpid())
sockets["one"], sockets["two"] = socket.socketpair()
sockets["one"].shutdown(socket.SHUT_WR)
keep("idle", socket.socket(socket.AF_UNIX))

with open(os.path.join(directory, "new"), "w") as out:
    for name, sock in sockets.items():
        port = sock.getsockname()[1] if sock.family != socket.AF_UNIX else 0
        print(name, sock.fileno(), port, file=out)
os.rename(os.path.join(directory, "new"), os.path.join(directory, "sockets"))
time.sleep(600)
