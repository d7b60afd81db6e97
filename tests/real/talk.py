#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# talk.py server|client: here an asyncio server and its clients talk over TCP (both families),
# unix sockets and UDP. The server leaves its ports in the file `ports`. Both settle, with all
# connections open, until the file `go` is there.
import asyncio
import os
import socket
import subprocess
import sys

CLIENTS = 8
ROUNDS = 30


async def settle(who):
    open("settled-" + who, "w").close()
    for _ in range(1000):
        if os.path.exists("go"):
            return
        await asyncio.sleep(0.02)


async def answer(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
    finally:
        writer.close()


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data[::-1], address)


async def receive_a_file(loop, listener):
    """Without streams: sock_recv_into and the like, on a socket of our own."""
    connection, _ = await loop.sock_accept(listener)
    buffer = bytearray(65536)
    total = 0
    while n := await loop.sock_recv_into(connection, buffer):
        total += n
    await loop.sock_sendall(connection, b"%d\n" % total)
    return connection  # half-closed by its peer


def listener_on_loopback():
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    return listener


async def server():
    loop = asyncio.get_running_loop()
    v4 = await asyncio.start_server(answer, "127.0.0.1", 0)
    v6 = await asyncio.start_server(answer, "::1", 0)
    local = await asyncio.start_unix_server(answer, "socket")
    files = listener_on_loopback()
    udp, _ = await loop.create_datagram_endpoint(Echo, ("127.0.0.1", 0))
    ports = [v4.sockets[0], v6.sockets[0], files, udp.get_extra_info("socket")]
    with open("ports.new", "w") as out:
        print(*(s.getsockname()[1] for s in ports), file=out)
    os.rename("ports.new", "ports")
    half = await receive_a_file(loop, files)
    await settle("server")
    # The clients hang up first: all that they sent is read.
    while not os.path.exists("end"):
        await asyncio.sleep(0.02)
    for s in (v4, v6, local):
        s.close()
    half.close()
    files.close()
    udp.close()
    print("server: done")


async def talk(reader, writer, number):
    for i in range(ROUNDS):
        writer.write(b"client %d round %d %s\n" % (number, i, b"x" * i * 100))
        last = await reader.readline()
    return last[:30]


class Ask(asyncio.DatagramProtocol):
    def __init__(self):
        self.answers = asyncio.Queue()

    def datagram_received(self, data, address):
        self.answers.put_nowait(data)


async def send_a_file(loop, port):
    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, ("127.0.0.1", port))
    with open("file", "w+b") as file:
        file.truncate(3000000)
        await loop.sock_sendfile(sock, file)
    sock.shutdown(socket.SHUT_WR)
    print("file:", await loop.sock_recv(sock, 100))
    return sock


async def a_child():
    """Its stdin is a socket."""
    ours, its = socket.socketpair()
    child = await asyncio.create_subprocess_exec("tr", "a-z", "A-Z", stdin=its,
                                                 stdout=subprocess.PIPE)
    its.close()
    ours.sendall(b"to a child\n")
    return child, ours


async def client():
    loop = asyncio.get_running_loop()
    with open("ports") as ports:
        v4, v6, files, udp = map(int, ports.read().split())
    streams = []
    for _ in range(CLIENTS):
        streams.append(await asyncio.open_connection("127.0.0.1", v4))
        streams.append(await asyncio.open_connection("localhost", v4))
        streams.append(await asyncio.open_connection("::1", v6))
        streams.append(await asyncio.open_unix_connection("socket"))
    for last in await asyncio.gather(*(talk(*s, i) for i, s in enumerate(streams))):
        print(last)
    connected, ask = await loop.create_datagram_endpoint(Ask, remote_addr=("127.0.0.1", udp))
    for i in range(10):
        connected.sendto(b"datagram %d" % i)
        print(await ask.answers.get())
    sock = await send_a_file(loop, files)
    child, to_child = await a_child()
    await settle("client")
    to_child.close()
    print(await child.stdout.read(), await child.wait())
    for _, writer in streams:
        writer.close()
        await writer.wait_closed()
    connected.close()
    sock.close()
    print("client: done")


asyncio.run({"server": server, "client": client}[sys.argv[1]]())
