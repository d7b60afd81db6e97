/* SPDX-License-Identifier: MIT
 *
 * A connected datagram socket hears by ICMP that nobody is there.
 */
#include "loopback.h"

int main(void)
{
	int client = (int)MUST(socket(AF_INET, SOCK_DGRAM, 0)), other = udp_bound();
	int error, on = 1, port = port_of(other);
	struct sockaddr_in from;
	char control[256], buffer[16];
	struct iovec part = { buffer, sizeof(buffer) };
	struct msghdr message = { .msg_name = &from, .msg_namelen = sizeof(from),
				  .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	socklen_t size = sizeof(error);

	/* connected elsewhere, `other` takes nothing from the client: as if nobody were there */
	MUST(connect_to_port(other, 9));
	MUST(connect_to_port(client, port));
	TELL(send(client, "lost", 4, 0));
	TELL(recv(client, buffer, sizeof(buffer), 0));
	TELL(send(client, "lost", 4, 0));
	TELL(getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size));
	say("error %d", error);
	MUST(setsockopt(client, IPPROTO_IP, IP_RECVERR, &on, sizeof(on)));
	TELL(send(client, "lost", 4, 0));
	TELL(recvmsg(client, &message, MSG_ERRQUEUE));
	say("control %zu name %u flags %d", (size_t)message.msg_controllen, message.msg_namelen,
	    message.msg_flags);
	checkpoint("refused %d", client);
	return 0;
}
