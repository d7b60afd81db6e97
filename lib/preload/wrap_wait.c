/* SPDX-License-Identifier: MIT
 *
 * Here we wrap the calls that wait. They tell when a connect is over: while none is under way
 * each costs one load.
 */
#include "config.h"

#include "preload/calls.h"
#include "preload/connecting.h"

static inline void learn(const struct pollfd *fds, nfds_t count, int ready)
{
	if (!connecting_any() || ready <= 0)
		return;
	for (nfds_t i = 0; i < count; i++)
		if (fds[i].revents & (POLLOUT | POLLERR))
			connecting_ready(fds[i].fd, (unsigned)fds[i].revents);
}

EXPORT int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int ready = REAL(poll)(fds, count, timeout_ms);

	learn(fds, count, ready);
	return ready;
}
EXPORT_ALIAS(__poll, poll);

EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size)
{
	int ready = REAL(__poll_chk)(fds, count, timeout_ms, size);

	learn(fds, count, ready);
	return ready;
}

EXPORT int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
		 const sigset_t *mask)
{
	int ready = REAL(ppoll)(fds, count, timeout, mask);

	learn(fds, count, ready);
	return ready;
}

EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
		       const sigset_t *mask, size_t size)
{
	int ready = REAL(__ppoll_chk)(fds, count, timeout, mask, size);

	learn(fds, count, ready);
	return ready;
}

EXPORT int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	int result = REAL(epoll_ctl)(epoll, operation, fd, event);

	if (result == 0 && connecting_any() && operation != EPOLL_CTL_DEL)
		connecting_watched(epoll, fd, event->data.u64);
	return result;
}

static inline void learn_epoll(int epoll, const struct epoll_event *events, int ready)
{
	if (!connecting_any())
		return;
	for (int i = 0; i < ready; i++)
		if (events[i].events & (EPOLLOUT | EPOLLERR))
			connecting_ready_data(epoll, events[i].data.u64, events[i].events);
}

EXPORT int epoll_wait(int epoll, struct epoll_event *events, int count, int timeout_ms)
{
	int ready = REAL(epoll_wait)(epoll, events, count, timeout_ms);

	learn_epoll(epoll, events, ready);
	return ready;
}

EXPORT int epoll_pwait(int epoll, struct epoll_event *events, int count, int timeout_ms,
		       const sigset_t *mask)
{
	int ready = REAL(epoll_pwait)(epoll, events, count, timeout_ms, mask);

	learn_epoll(epoll, events, ready);
	return ready;
}

#ifdef HAVE_EPOLL_PWAIT2
EXPORT int epoll_pwait2(int epoll, struct epoll_event *events, int count,
			const struct timespec *timeout, const sigset_t *mask)
{
	int ready = REAL(epoll_pwait2)(epoll, events, count, timeout, mask);

	learn_epoll(epoll, events, ready);
	return ready;
}
#endif
