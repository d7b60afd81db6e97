// SPDX-License-Identifier: MIT
//
// talk.js server|client: here a Node http server, with a worker process of its own, and a client
// with kept-alive connections talk; over a unix socket and UDP too. The server leaves its ports
// in the file `ports`. Both settle, with all connections open, until the file `go` is there.
'use strict';
const { fork } = require('child_process');
const dgram = require('dgram');
const fs = require('fs');
const http = require('http');
const net = require('net');

const CLIENTS = 8;
const ROUNDS = 20;

function settle(who, then) {
	const check = () => fs.existsSync('go') ? then() : setTimeout(check, 20);

	fs.writeFileSync(`settled-${who}`, '');
	check();
}

function answer(request, response) {
	let length = 0;

	request.on('data', (chunk) => { length += chunk.length; });
	request.on('end', () => response.end(`${request.url}: ${length}\n`));
}

const listening = (server, ...where) =>
	new Promise((resolve) => server.listen(...where, () => resolve(server)));

// The worker talks to us through a socketpair, and gets a connection passed through it.
async function passing() {
	const worker = fork(__filename, ['worker']);
	const server = net.createServer({ pauseOnConnect: true }, (connection) => {
		worker.send('connection', connection);
	});

	await listening(server, 0, '127.0.0.1');
	return { worker, server };
}

function worker() {
	process.on('message', (message, connection) => {
		connection.on('data', (chunk) => connection.write(`worker: ${chunk}`));
		connection.on('end', () => connection.end());
		connection.resume();
	});
}

async function server() {
	const web = await listening(http.createServer({ keepAliveTimeout: 60000 }, answer), 0,
		'127.0.0.1');
	const local = await listening(net.createServer((c) => c.pipe(c)), 'socket');
	const udp = dgram.createSocket('udp4', (data, from) =>
		udp.send(`${data} again`, from.port, from.address));
	const { worker: child, server: passer } = await passing();

	await new Promise((resolve) => udp.bind(0, '127.0.0.1', resolve));
	fs.writeFileSync('ports.new', `${web.address().port} ${passer.address().port} ` +
		`${udp.address().port}\n`);
	fs.renameSync('ports.new', 'ports');
	settle('server', () => {
		const check = () => {
			if (!fs.existsSync('end'))
				return setTimeout(check, 20);
			for (const s of [web, local, passer, udp])
				s.close();
			child.disconnect();
			console.log('server: done');
		};
		check();
	});
}

function request(agent, port, path, body) {
	return new Promise((resolve, reject) => {
		const r = http.request({ agent, port, path, host: '127.0.0.1', method: 'POST' },
			(response) => {
				let text = '';
				response.on('data', (chunk) => { text += chunk; });
				response.on('end', () => resolve(text));
			});
		r.on('error', reject);
		r.end(body);
	});
}

async function ask(connection, text) {
	connection.write(text);
	return new Promise((resolve) => connection.once('data', (data) => resolve(`${data}`)));
}

const connected = (...where) => new Promise((resolve) => {
	const connection = net.connect(...where, () => resolve(connection));
});

async function client() {
	const [web, passer, udpPort] = fs.readFileSync('ports', 'utf8').split(' ').map(Number);
	const agents = Array.from({ length: CLIENTS }, () =>
		new http.Agent({ keepAlive: true, maxSockets: 1 }));

	for (let i = 0; i < ROUNDS; i++) {
		const answers = await Promise.all(agents.map((agent, j) =>
			request(agent, web, `/${i}/${j}`, 'x'.repeat(i * j * 500))));
		if (i === ROUNDS - 1)
			process.stdout.write(answers.join(''));
	}
	const local = await connected('socket');
	console.log(await ask(local, 'over unix'));
	const passed = await connected(passer, '127.0.0.1');
	console.log(await ask(passed, 'hello'));
	const udp = dgram.createSocket('udp4');
	udp.send('datagram', udpPort, '127.0.0.1');
	console.log(`${await new Promise((resolve) => udp.once('message', resolve))}`);
	settle('client', () => {
		agents.forEach((agent) => agent.destroy());
		local.end();
		passed.end();
		udp.close();
		console.log('client: done');
	});
}

({ server, client, worker })[process.argv[2]]();
