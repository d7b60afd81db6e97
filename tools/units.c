/* SPDX-License-Identifier: MIT
 *
 * Here we spell sizes, durations and moments.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "units.h"

int bytes_text(uint64_t bytes, char *buf, size_t size)
{
	static const char units[] = "KMGTPE";
	double value = (double)bytes;
	int unit = -1;

	if (bytes < 1024)
		return snprintf(buf, size, "%" PRIu64, bytes);
	/* 1023.5K would be spelt 1024K. */
	for (; value >= 1023.5; value /= 1024)
		unit++;
	return snprintf(buf, size, value < 9.95 ? "%.1f%c" : "%.0f%c", value, units[unit]);
}

int duration_text(int64_t ns, char *buf, size_t size)
{
	int64_t s = ns / NS_PER_S;

	if (ns < 0)
		ns = s = 0;
	if (ns < 1000)
		return snprintf(buf, size, "%dns", (int)ns);
	if (ns < 1000000)
		return snprintf(buf, size, "%dus", (int)(ns / 1000));
	if (ns < 10000000)
		return snprintf(buf, size, "%d.%dms", (int)(ns / 1000000), (int)(ns / 100000 % 10));
	if (s < 1)
		return snprintf(buf, size, "%dms", (int)(ns / 1000000));
	if (s < 60)
		return snprintf(buf, size, "%d.%ds", (int)s, (int)(ns / 100000000 % 10));
	if (s < 3600)
		return snprintf(buf, size, "%dm%02ds", (int)(s / 60), (int)(s % 60));
	if (s < 86400)
		return snprintf(buf, size, "%dh%02dm", (int)(s / 3600), (int)(s / 60 % 60));
	return snprintf(buf, size, "%" PRId64 "d%02dh", s / 86400, (int)(s / 3600 % 24));
}

int local_time_text(int64_t at_ns, char *buf, size_t size)
{
	time_t s = (time_t)(at_ns / NS_PER_S);
	char day[32];
	struct tm tm;

	localtime_r(&s, &tm);
	strftime(day, sizeof(day), "%Y-%m-%d %H:%M:%S", &tm);
	return snprintf(buf, size, "%s.%03d", day, (int)(at_ns % NS_PER_S / 1000000));
}

int rfc3339_text(int64_t at_ns, char *buf, size_t size)
{
	time_t s = (time_t)(at_ns / NS_PER_S);
	char day[32];
	struct tm tm;

	gmtime_r(&s, &tm);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	return snprintf(buf, size, "%s.%09dZ", day, (int)(at_ns % NS_PER_S));
}
