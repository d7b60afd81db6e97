/* SPDX-License-Identifier: MIT
 *
 * Here we keep a row's two addresses in its cells.
 */
#ifndef SOCKTAB_PRELOAD_ADDRESS_H
#define SOCKTAB_PRELOAD_ADDRESS_H

#include <sys/socket.h>

#include "preload/table.h"

enum address_side { ADDRESS_LOCAL, ADDRESS_PEER };

/* An address as the kernel would tell it: programs pass buffers that are larger than their address,
 * and junk in sin_zero. A unix path of 108 bytes has a NUL that no sockaddr_un has room for. */
void address_normal(struct st_address *to, const void *address, size_t len);

/* Of a row that is still being filled: nobody else has it. */
void address_init(struct st_row *row, enum address_side side, const void *address, size_t len);

/* Of a row that others see: threads and signal handlers may do the same at the same time, and
 * one of them wins whole. len 0: there is no such address any more. */
void address_set(struct st_row *row, enum address_side side, const void *address, size_t len);

/* The present one, for who is content with a moment's value; len 0: none. */
void address_get(const struct st_row *row, enum address_side side, struct st_address *address);

/* Copies both addresses of a row that others may be changing to one that is being filled. */
void address_copy(struct st_row *to, const struct st_row *from);

/* True when an address says where the socket is: not so an unnamed unix one, nor one without a
 * port, nor a raw socket's, whose port is its protocol. */
bool address_names(const void *address, size_t len, int type);

/* Inet with a host and a port, unix with a name: nothing is left for the kernel to choose. */
bool address_is_specific(const void *address, size_t len);

#endif
