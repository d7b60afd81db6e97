/* SPDX-License-Identifier: MIT
 *
 * A program that knows nothing of socktab. Here it makes one kind of call over and over and
 * prints the nanoseconds that one took:
 *
 *	calls [-n TURNS] [-t THREADS] [-s SOCKETS] KIND
 *
 * Without -n it takes some tenths of a second and prints the best of a few runs: what disturbs a
 * run only ever makes it slower. Each thread has descriptors of its own. SOCKETS more are open
 * all the while.
 */
#include "kinds.h"

#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define ENOUGH_NS	40000000
#define RUNS		5
#define THREADS_MAX	64

struct worker {
	pthread_t thread;
	pthread_barrier_t *start;
	const struct kind *kind;
	struct state state;
	long turns;
	int64_t ns;
};

static int64_t timed(const struct kind *kind, struct state *state, long turns)
{
	int64_t started = kind_now_ns(kind->clock);
	long i;

	if (kind->loop)
		return kind->loop(state, turns);
	for (i = 0; i < turns; i++)
		kind->turn(state);
	return kind_now_ns(kind->clock) - started;
}

/* Doubles the turns until they take long enough. */
static long enough_turns(const struct kind *kind, struct state *state)
{
	long turns = 1;

	while (timed(kind, state, turns) < ENOUGH_NS)
		turns *= 2;
	return turns;
}

static void *work(void *arg)
{
	struct worker *worker = arg;

	pthread_barrier_wait(worker->start);
	worker->ns = timed(worker->kind, &worker->state, worker->turns);
	return NULL;
}

/* The mean of the threads. */
static int64_t together(const struct kind *kind, long turns, int threads)
{
	struct worker workers[THREADS_MAX];
	pthread_barrier_t start;
	int64_t ns = 0;
	int i;

	pthread_barrier_init(&start, NULL, (unsigned int)threads);
	for (i = 0; i < threads; i++) {
		workers[i] = (struct worker){ .start = &start, .kind = kind, .turns = turns };
		kind->prepare(&workers[i].state);
		errno = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		if (errno != 0)
			err(1, "pthread_create");
	}
	for (i = 0; i < threads; i++) {
		pthread_join(workers[i].thread, NULL);
		kind_finish(&workers[i].state);
		ns += workers[i].ns;
	}
	return ns / threads;
}

static void open_sockets(int count)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	for (; count > 0; count--)
		if (socket(AF_INET, SOCK_STREAM, 0) < 0)
			err(1, "socket");
}

/* Where the scheduler puts us or a child would else be most of the figure. */
static void stay_on_one_cpu(void)
{
	cpu_set_t allowed, one;
	int cpu = 0;

	if (sched_getaffinity(0, sizeof(allowed), &allowed) < 0)
		return;
	while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, &allowed))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

/* A program that never had a second thread is another one for libc, and so for a module. */
static int64_t run(const struct kind *kind, struct state *state, long turns, int threads)
{
	return threads == 1 ? timed(kind, state, turns) : together(kind, turns, threads);
}

static double best_run(const struct kind *kind, struct state *state, int threads)
{
	long turns = enough_turns(kind, state);
	int64_t ns, best = INT64_MAX;
	int i;

	for (i = 0; i < RUNS; i++) {
		ns = run(kind, state, turns, threads);
		if (ns < best)
			best = ns;
	}
	return (double)best / (double)turns;
}

static int usage(void)
{
	fprintf(stderr, "usage: calls [-n TURNS] [-t THREADS] [-s SOCKETS] KIND\n");
	return 2;
}

int main(int argc, char **argv)
{
	const struct kind *kind;
	struct state state = { 0 };
	double turn_ns;
	long turns = 0;
	int option, threads = 1, sockets = 0;

	while ((option = getopt(argc, argv, "n:t:s:")) != -1) {
		switch (option) {
		case 'n': turns = atol(optarg); break;
		case 't': threads = atoi(optarg); break;
		case 's': sockets = atoi(optarg); break;
		default: return usage();
		}
	}
	if (argc - optind != 1 || threads < 1 || threads > THREADS_MAX)
		return usage();
	kind = kind_named(argv[optind]);
	if (!kind)
		errx(2, "no such kind of call: %s", argv[optind]);
	if (threads == 1)
		stay_on_one_cpu();
	open_sockets(sockets);
	kind->prepare(&state);
	if (turns > 0)
		turn_ns = (double)run(kind, &state, turns, threads) / (double)turns;
	else
		turn_ns = best_run(kind, &state, threads);
	printf("%.3f\n", turn_ns / kind->calls);
	return 0;
}
