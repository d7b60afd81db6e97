/* SPDX-License-Identifier: MIT
 *
 * A vsock socket with an address.
 */
#include "loopback.h"

#include <linux/vm_sockets.h>

int main(void)
{
	struct sockaddr_vm address = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY,
				       .svm_port = VMADDR_PORT_ANY };
	int fd = socket(AF_VSOCK, SOCK_STREAM, 0);

	if (fd < 0)
		skip("no vsock");
	if (bind(fd, SA(&address), sizeof(address)) < 0)
		skip("vsock does not bind");
	checkpoint("bound %d", fd);
	return 0;
}
