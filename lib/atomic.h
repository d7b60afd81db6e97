/* SPDX-License-Identifier: MIT
 *
 * Here are the only atomics of this project, each named for the operation and its order.
 * All of them are lock-free for words of up to eight bytes on every machine that we build for,
 * so that they may be used in a signal handler and on memory shared between processes.
 */
#ifndef SOCKTAB_ATOMIC_H
#define SOCKTAB_ATOMIC_H

#define load_relaxed(p)		__atomic_load_n(p, __ATOMIC_RELAXED)
#define load_acquire(p)		__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define store_relaxed(p, v)	__atomic_store_n(p, v, __ATOMIC_RELAXED)
#define store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
#define add_relaxed(p, v)	__atomic_fetch_add(p, v, __ATOMIC_RELAXED)
#define or_relaxed(p, v)	__atomic_fetch_or(p, v, __ATOMIC_RELAXED)
#define and_relaxed(p, v)	__atomic_fetch_and(p, v, __ATOMIC_RELAXED)
#define or_release(p, v)	__atomic_fetch_or(p, v, __ATOMIC_RELEASE)
#define and_acquire(p, v)	__atomic_fetch_and(p, v, __ATOMIC_ACQUIRE)
#define exchange_acq_rel(p, v)	__atomic_exchange_n(p, v, __ATOMIC_ACQ_REL)

/* True when *p was *expected and is now v; else *expected is what *p was. */
#define cas_acq_rel(p, expected, v) \
	__atomic_compare_exchange_n(p, expected, v, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
#define cas_relaxed(p, expected, v) \
	__atomic_compare_exchange_n(p, expected, v, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)

#endif
