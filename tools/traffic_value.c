/* SPDX-License-Identifier: MIT
 *
 * Here are the kinds of values that count: bytes with their calls, the last TCP_INFO.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "units.h"
#include "value.h"

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* --- one direction of a socket */

static int counters_text(const struct value *v, char *buf, size_t size)
{
	return bytes_text(v->counters->bytes, buf, size);
}

static int counters_exact(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%" PRIu64, v->counters->bytes);
}

static struct json_object *counters_json(const struct value *v)
{
	struct json_object *object = json_object_new_object();

	json_put_number(object, "bytes", v->counters->bytes);
	json_put_number(object, "calls", v->counters->calls);
	json_put_number(object, "again", v->counters->again);
	json_put_number(object, "errors", v->counters->errors);
	return object;
}

static int counters_compare(const struct value *a, const struct value *b)
{
	return compare(a->counters->bytes, b->counters->bytes);
}

const struct kind counters_kind = {
	"", true, counters_text, counters_exact, counters_json, counters_compare
};

/* --- one direction of a process */

static int moved_text(const struct value *v, char *buf, size_t size)
{
	return bytes_text(v->moved.bytes, buf, size);
}

static int moved_exact(const struct value *v, char *buf, size_t size)
{
	return snprintf(buf, size, "%" PRIu64, v->moved.bytes);
}

static struct json_object *moved_json(const struct value *v)
{
	struct json_object *object = json_object_new_object();

	json_put_number(object, "bytes", v->moved.bytes);
	json_put_number(object, "calls", v->moved.calls);
	return object;
}

static int moved_compare(const struct value *a, const struct value *b)
{
	return compare(a->moved.bytes, b->moved.bytes);
}

const struct kind moved_kind = { "", true, moved_text, moved_exact, moved_json, moved_compare };

/* --- TCP_INFO of just before the close */

static int tcp_text(const struct value *v, char *buf, size_t size)
{
	const struct socktab_tcp_final *tcp = &v->row->tcp;
	char rtt[16];

	duration_text((int64_t)tcp->rtt_us * 1000, rtt, sizeof(rtt));
	return snprintf(buf, size, "rtt %s, cwnd %u, mss %u, retrans %u, lost %u, unacked %u, "
			"acked %" PRIu64 ", received %" PRIu64 ", unsent %u",
			rtt, tcp->snd_cwnd, tcp->snd_mss, tcp->total_retrans, tcp->lost,
			tcp->unacked, tcp->bytes_acked, tcp->bytes_received, tcp->notsent_bytes);
}

static struct json_object *tcp_json(const struct value *v)
{
	const struct socktab_tcp_final *tcp = &v->row->tcp;
	struct json_object *object = json_object_new_object();

	json_put_number(object, "state", tcp->state);
	json_put_number(object, "rtt_ns", (uint64_t)tcp->rtt_us * 1000);
	json_put_number(object, "rttvar_ns", (uint64_t)tcp->rttvar_us * 1000);
	json_put_number(object, "cwnd", tcp->snd_cwnd);
	json_put_number(object, "mss", tcp->snd_mss);
	json_put_number(object, "retrans", tcp->total_retrans);
	json_put_number(object, "lost", tcp->lost);
	json_put_number(object, "unacked", tcp->unacked);
	json_put_number(object, "bytes_acked", tcp->bytes_acked);
	json_put_number(object, "bytes_received", tcp->bytes_received);
	json_put_number(object, "bytes_sent", tcp->bytes_sent);
	json_put_number(object, "bytes_unsent", tcp->notsent_bytes);
	json_put_number(object, "segs_out", tcp->segs_out);
	json_put_number(object, "segs_in", tcp->segs_in);
	return object;
}

static int tcp_compare(const struct value *a, const struct value *b)
{
	return compare(a->row->tcp.rtt_us, b->row->tcp.rtt_us);
}

const struct kind tcp_kind = { "", false, tcp_text, tcp_text, tcp_json, tcp_compare };
