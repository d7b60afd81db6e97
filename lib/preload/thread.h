/* SPDX-License-Identifier: MIT
 *
 * Here we keep the little that belongs to one thread. Initial-exec: any other kind of
 * thread-local storage may call malloc on its first use in a thread.
 */
#ifndef SOCKTAB_PRELOAD_THREAD_H
#define SOCKTAB_PRELOAD_THREAD_H

#include <stdbool.h>
#include <sys/types.h>

#define INITIAL_EXEC __attribute__((tls_model("initial-exec")))

#define VFORK_DEPTH_MAX 8	/* DEPTH_MAX of vfork.S */

/* Written by vfork.S. depth != 0: this thread runs a vfork child. */
struct vfork_frames {
	long depth;
	void *frames[VFORK_DEPTH_MAX];
	bool quiet;		/* the vfork child has installed a seccomp filter */
};
extern __thread struct vfork_frames vfork_frames INITIAL_EXEC;

/* This thread has a descriptor table of its own (unshare(2), CLONE_FILES). */
extern __thread bool thread_is_apart INITIAL_EXEC;

/* This thread's id, asked for once; 0 when it cannot be asked. */
pid_t thread_id(void);

/* After a fork the one thread of the child has another id. */
void thread_forked(void);

#endif
