/* SPDX-License-Identifier: MIT
 *
 * Talk server|client: here a Java server (a selector of channels, and a thread a connection) and
 * its clients talk. The server leaves its ports in the file `ports`. Both settle, with all
 * connections open, until the file `go` is there.
 */
import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

public class Talk {
	static final int CLIENTS = 6, ROUNDS = 20;
	static final InetAddress HOME = InetAddress.getLoopbackAddress();

	static void await(String file) throws Exception {
		for (int i = 0; i < 1000 && !Files.exists(Path.of(file)); i++)
			Thread.sleep(20);
	}

	static void settle(String who) throws Exception {
		Files.createFile(Path.of("settled-" + who));
		await("go");
	}

	static void answer(Socket socket) {
		try (socket; InputStream in = socket.getInputStream();
		     OutputStream out = socket.getOutputStream()) {
			byte[] buffer = new byte[8192];
			for (int n; (n = in.read(buffer)) > 0; )
				out.write(buffer, 0, n);
		} catch (IOException e) {
			System.out.println("server: " + e);
		}
	}

	static void serveByThreads(ServerSocket listener) {
		try {
			while (true) {
				Socket socket = listener.accept();
				socket.setTcpNoDelay(true);
				new Thread(() -> answer(socket)).start();
			}
		} catch (SocketException closed) {
			/* As it is told to end. */
		} catch (IOException e) {
			System.out.println("server: " + e);
		}
	}

	static void answer(SelectionKey key, ByteBuffer buffer) throws IOException {
		SocketChannel channel = (SocketChannel)key.channel();

		buffer.clear();
		if (channel.read(buffer) < 0) {
			channel.close();
			return;
		}
		for (buffer.flip(); buffer.hasRemaining(); )
			channel.write(buffer);
	}

	static void serveBySelector(Selector selector, ServerSocketChannel listener) throws Exception {
		ByteBuffer buffer = ByteBuffer.allocateDirect(8192);

		while (!Files.exists(Path.of("end"))) {
			selector.select(20);
			for (SelectionKey key : selector.selectedKeys()) {
				if (key.isAcceptable()) {
					SocketChannel channel = listener.accept();
					channel.configureBlocking(false);
					channel.register(selector, SelectionKey.OP_READ);
				} else {
					answer(key, buffer);
				}
			}
			selector.selectedKeys().clear();
		}
	}

	static void server() throws Exception {
		Selector selector = Selector.open();
		ServerSocketChannel channels = ServerSocketChannel.open();
		ServerSocket threads = new ServerSocket(0, 50, HOME);

		channels.bind(new InetSocketAddress(HOME, 0));
		channels.configureBlocking(false);
		channels.register(selector, SelectionKey.OP_ACCEPT);
		new Thread(() -> serveByThreads(threads)).start();
		Files.writeString(Path.of("ports.new"), channels.socket().getLocalPort() + " "
			+ threads.getLocalPort() + "\n");
		Files.move(Path.of("ports.new"), Path.of("ports"));
		serveBySelector(selector, channels);
		/* A thread waits in accept: it is woken by another descriptor over its own. */
		threads.close();
		channels.close();
		selector.close();
		System.out.println("server: done");
	}

	static void talk(Socket socket, int client) throws IOException {
		OutputStream out = socket.getOutputStream();
		DataInputStream in = new DataInputStream(socket.getInputStream());
		byte[] message = new byte[1000 + client];

		for (int i = 0; i < ROUNDS; i++) {
			Arrays.fill(message, (byte)i);
			out.write(message);
			byte[] answer = in.readNBytes(message.length);
			if (!Arrays.equals(message, answer))
				System.out.println("client " + client + ": another answer");
		}
		System.out.println("client " + client + ": done");
	}

	static void datagrams() throws Exception {
		try (DatagramSocket to = new DatagramSocket(0, HOME);
		     DatagramSocket from = new DatagramSocket(0, HOME)) {
			byte[] buffer = new byte[100];
			DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
			from.connect(HOME, to.getLocalPort());
			from.send(new DatagramPacket("datagram".getBytes(), 8));
			to.receive(packet);
			System.out.println("udp: " + packet.getLength());
		}
	}

	static void client() throws Exception {
		Scanner ports = new Scanner(Path.of("ports"));
		int byChannels = ports.nextInt(), byThreads = ports.nextInt();
		List<Socket> sockets = new ArrayList<>();
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(HOME, byChannels));

		for (int i = 0; i < CLIENTS; i++) {
			sockets.add(new Socket(HOME, i % 2 == 0 ? byChannels : byThreads));
			talk(sockets.get(i), i);
		}
		channel.write(ByteBuffer.wrap("over a channel".getBytes()));
		ByteBuffer answer = ByteBuffer.allocate(100);
		System.out.println("channel: " + channel.read(answer));
		datagrams();
		try {
			new Socket(HOME, 1);
		} catch (ConnectException e) {
			System.out.println("refused");
		}
		settle("client");
		for (Socket socket : sockets)
			socket.close();
		channel.close();
		System.out.println("client: done");
	}

	public static void main(String[] arguments) throws Exception {
		if (arguments[0].equals("server"))
			server();
		else
			client();
	}
}
