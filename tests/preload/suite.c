/* SPDX-License-Identifier: MIT
 *
 * One test program of tests/preload: its cases, its private directory, its skips.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"
#include "suite.h"

enum { TIMEOUT_S = 120 };

static char directory[128];
static atomic_int *skips;	/* shared with the processes that check forks */

const char *suite_module(void)
{
	const char *module = getenv("SOCKTAB_MODULE");

	return module ? module : BUILD_DIR "/.libs/libsocktab-preload.so";
}

const char *suite_programs(void)
{
	return BUILD_DIR "/tests/programs";
}

const char *suite_directory(void)
{
	return directory;
}

void suite_count_a_skip(void)
{
	atomic_fetch_add(skips, 1);
}

static void make_directory(void)
{
	const char *tmpdir = getenv("TMPDIR");

	snprintf(directory, sizeof(directory), "%s/socktab-test-XXXXXX",
		 !access("/dev/shm", W_OK) ? "/dev/shm" : tmpdir ? tmpdir : "/tmp");
	if (!mkdtemp(directory)) {
		perror(directory);
		exit(99);
	}
}

static void remove_directory(void)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;

	while (entries && (entry = readdir(entries)))
		if (unlinkat(dirfd(entries), entry->d_name, 0) < 0)
			unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR);
	if (entries)
		closedir(entries);
	rmdir(directory);
}

int suite_run(const char *name, void (*fill)(TCase *))
{
	Suite *suite = suite_create(name);
	TCase *tcase = tcase_create(name);
	SRunner *runner;
	int failed, run;

	if (access(suite_module(), R_OK) < 0) {
		perror(suite_module());
		return 99;
	}
	skips = mmap(NULL, sizeof(*skips), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	if (skips == MAP_FAILED)
		return 99;
	make_directory();
	tcase_set_timeout(tcase, TIMEOUT_S);
	tcase_add_checked_fixture(tcase, NULL, clean_up_after_a_test);
	fill(tcase);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	run = srunner_ntests_run(runner);
	srunner_free(runner);
	remove_directory();
	printf("%s: %d of %d skipped\n", name, *skips, run);
	if (failed)
		return 1;
	return run == *skips ? 77 : 0;
}
