/* SPDX-License-Identifier: MIT
 *
 * Which sessions are opened, and which are refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "forge.h"

static struct forge forge;

static void begin(void)
{
	forge_begin(&forge, &forge_small);
}

static void end(void)
{
	forge_end(&forge);
}

/* Opens by name in the forge's directory; answers the code, and the session's name. */
static int open_name(const char *name, char *opened)
{
	struct socktab_error error = { 0 };
	struct socktab *table;
	int code = socktab_open(forge.directory, name, &table, &error);

	if (code < 0) {
		ck_assert_ptr_null(table);
		ck_assert_int_eq(error.code, -code);
		ck_assert_uint_gt(strlen(error.text), 10);
		ck_assert_ptr_null(strchr(error.text, '\n'));
		return code;
	}
	if (opened)
		strcpy(opened, socktab_session(table)->name);
	socktab_close(table);
	return code;
}

static void write_aged(const char *name, int seconds, bool living)
{
	forge_header(&forge)->created_real_ns =
		(uint64_t)(forge_now(CLOCK_REALTIME) - seconds * INT64_C(1000000000));
	forge_process(&forge, 0)->life = ST_LIFE(1, living ? ST_OPEN : ST_CLOSED);
	forge_write(&forge, name);
}

START_TEST(a_session_is_opened_by_name)
{
	char name[64];

	forge_attach(&forge);
	forge_write(&forge, "one");
	ck_assert_int_eq(open_name("one", name), 0);
	ck_assert_str_eq(name, "one");
	ck_assert_int_eq(open_name("two", NULL), -ENOENT);
	ck_assert_int_eq(open_name(".", NULL), -ENOENT);
	ck_assert_int_eq(open_name("..", NULL), -ENOENT);
}
END_TEST

START_TEST(without_a_name_the_newest_living_one_is_opened)
{
	char name[64];

	forge_attach(&forge);
	write_aged("old-living", 300, true);
	write_aged("living", 200, true);
	write_aged("dead", 100, false);
	ck_assert_int_eq(open_name(NULL, name), 0);
	ck_assert_str_eq(name, "living");
}
END_TEST

START_TEST(without_a_name_and_a_living_one_the_newest_is_opened)
{
	char name[64];

	forge_attach(&forge);
	write_aged("older", 300, false);
	write_aged("newest", 100, false);
	write_aged("old", 200, false);
	ck_assert_int_eq(open_name(NULL, name), 0);
	ck_assert_str_eq(name, "newest");
}
END_TEST

START_TEST(a_name_with_a_slash_is_a_path)
{
	struct socktab *table;

	forge_attach(&forge);
	forge_write(&forge, "one");
	table = forge_read(&forge);
	ck_assert_str_eq(socktab_session(table)->path, forge.path);
	ck_assert_str_eq(socktab_session(table)->name, "one");
	socktab_close(table);
	ck_assert_int_eq(chdir(forge.directory), 0);
	ck_assert_int_eq(socktab_open(NULL, "./one", &table, NULL), 0);
	socktab_close(table);
	ck_assert_int_eq(socktab_open(NULL, "./", &table, NULL), -EISDIR);
}
END_TEST

START_TEST(a_directory_that_is_missing_or_empty_has_no_session)
{
	struct socktab_session *list;
	struct socktab *table;
	char path[128];

	ck_assert_int_eq(open_name(NULL, NULL), -ENOENT);
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 0);
	free(list);
	snprintf(path, sizeof path, "%s/none", forge.directory);
	ck_assert_int_eq(socktab_sessions(path, &list, NULL), 0);
	free(list);
	ck_assert_int_eq(socktab_open(path, NULL, &table, NULL), -ENOENT);
	ck_assert_int_eq(socktab_open(path, "x", &table, NULL), -ENOENT);
}
END_TEST

START_TEST(a_directory_behind_a_link_is_refused)
{
	struct socktab_session *list;
	char link[128], slashed[130];
	struct socktab *table;

	forge_write(&forge, "one");
	snprintf(link, sizeof link, "%s-link", forge.directory);
	snprintf(slashed, sizeof slashed, "%s//", link);
	ck_assert_int_eq(symlink(forge.directory, link), 0);
	ck_assert_int_eq(socktab_open(link, "one", &table, NULL), -EPERM);
	ck_assert_int_eq(socktab_open(slashed, "one", &table, NULL), -EPERM);
	ck_assert_int_eq(socktab_sessions(link, &list, NULL), -EPERM);
	unlink(link);
}
END_TEST

START_TEST(a_file_behind_a_link_is_refused)
{
	char link[128];

	forge_write(&forge, "one");
	snprintf(link, sizeof link, "%s/link", forge.directory);
	ck_assert_int_eq(symlink("one", link), 0);
	ck_assert_int_eq(open_name("link", NULL), -EPERM);
}
END_TEST

START_TEST(what_others_may_enter_is_refused)
{
	static const mode_t modes[] = { 0710, 0701, 0770, 0707, 0755, 0777 };
	struct socktab_session *list;

	forge_write(&forge, "one");
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		ck_assert_int_eq(chmod(forge.directory, modes[i]), 0);
		ck_assert_int_eq(open_name("one", NULL), -EPERM);
		ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), -EPERM);
		forge_refused(&forge, EPERM);
	}
	ck_assert_int_eq(chmod(forge.directory, 0700), 0);
	ck_assert_int_eq(open_name("one", NULL), 0);
}
END_TEST

START_TEST(a_file_that_others_may_read_or_write_is_refused)
{
	static const mode_t modes[] = { 0640, 0620, 0604, 0602, 0644, 0666 };

	forge_write(&forge, "one");
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		ck_assert_int_eq(chmod(forge.path, modes[i]), 0);
		ck_assert_int_eq(open_name("one", NULL), -EPERM);
	}
}
END_TEST

START_TEST(what_belongs_to_others_is_refused_but_to_root_by_path)
{
	struct socktab_session *list;

	forge_write(&forge, "one");
	ck_assert_int_eq(chown(forge.path, 65534, 65534), 0);
	ck_assert_int_eq(open_name("one", NULL), -EPERM);
	ck_assert_int_eq(chown(forge.directory, 65534, 65534), 0);
	ck_assert_int_eq(open_name("one", NULL), -EPERM);
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), -EPERM);
	socktab_close(forge_read(&forge));
	ck_assert_int_eq(seteuid(65533), 0);
	ck_assert_int_lt(open_name("one", NULL), 0);
	ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(seteuid(65534), 0);
	ck_assert_int_eq(open_name("one", NULL), 0);
	ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(chown(forge.path, 65533, 65533), 0);
	ck_assert_int_eq(chmod(forge.path, 0604), 0);
	ck_assert_int_eq(seteuid(65534), 0);
	ck_assert_int_eq(open_name("one", NULL), -EPERM);
	ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(what_is_no_file_is_refused_without_waiting)
{
	char path[128];

	snprintf(path, sizeof path, "%s/fifo", forge.directory);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(open_name("fifo", NULL), -EPROTO);
	snprintf(path, sizeof path, "%s/directory", forge.directory);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(open_name("directory", NULL), -EPROTO);
}
END_TEST

static void write_text(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", forge.directory, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	chmod(path, 0600);
}

START_TEST(what_is_no_table_is_refused_and_not_listed)
{
	struct socktab_session *list;

	write_text("empty", "");
	write_text("text", "socktab, but only in words");
	write_text("short", "sock");
	ck_assert_int_eq(open_name("empty", NULL), -EPROTO);
	ck_assert_int_eq(open_name("text", NULL), -EPROTO);
	ck_assert_int_eq(open_name("short", NULL), -EPROTO);
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 0);
	free(list);
}
END_TEST

START_TEST(hidden_files_are_no_sessions)
{
	struct socktab_session *list;

	forge_write(&forge, ".one.x7f");
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 0);
	free(list);
	ck_assert_int_eq(open_name(".one.x7f", NULL), -ENOENT);
}
END_TEST

START_TEST(sessions_are_listed_newest_first_with_their_processes)
{
	struct socktab_session *list;

	forge_attach(&forge);
	forge_attach(&forge);
	forge_process(&forge, 1)->pidns++;
	write_aged("living", 200, true);
	write_aged("dead", 100, false);
	forge_header(&forge)->boot_id[3] ^= 1;
	write_aged("before", 300, true);
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 3);
	ck_assert_str_eq(list[0].name, "dead");
	ck_assert_uint_eq(list[0].alive, 0);
	ck_assert_uint_eq(list[0].unknown, 1);
	ck_assert_str_eq(list[1].name, "living");
	ck_assert_uint_eq(list[1].processes, 2);
	ck_assert_uint_eq(list[1].alive, 1);
	ck_assert_uint_eq(list[1].unknown, 1);
	ck_assert(list[1].same_boot);
	ck_assert_uint_eq(list[1].major, ST_MAJOR);
	ck_assert_uint_eq(list[1].uid, geteuid());
	ck_assert_uint_eq(list[1].size, forge.size);
	ck_assert_uint_eq(list[1].rows_max, 32);
	ck_assert_str_eq(list[2].name, "before");
	ck_assert(!list[2].same_boot);
	ck_assert_uint_eq(list[2].alive + list[2].unknown, 0);
	free(list);
}
END_TEST

START_TEST(sessions_that_cannot_be_read_are_listed_as_such)
{
	struct socktab_session *list;

	forge_header(&forge)->major = ST_MAJOR + 1;
	forge_write(&forge, "later");
	ck_assert_int_eq(open_name("later", NULL), -EPROTO);
	write_text("stump", "socktab");
	forge_write(&forge, "stump");
	ck_assert_int_eq(truncate(forge.path, 9), 0);
	ck_assert_int_eq(open_name("stump", NULL), -EBADMSG);
	ck_assert_int_eq(socktab_sessions(forge.directory, &list, NULL), 2);
	for (int i = 0; i < 2; i++) {
		ck_assert_uint_eq(list[i].major, 0);
		ck_assert(strcmp(list[i].name, "later") == 0 ||
			  strcmp(list[i].name, "stump") == 0);
		ck_assert_ptr_nonnull(strstr(list[i].path, list[i].name));
	}
	free(list);
}
END_TEST

START_TEST(the_directory_comes_from_the_environment)
{
	char buf[128], expected[128];

	setenv("SOCKTAB_DIR", "/some/where", 1);
	setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
	ck_assert_int_eq(socktab_directory(buf, sizeof buf), 0);
	ck_assert_str_eq(buf, "/some/where");
	ck_assert_int_eq(socktab_directory(buf, 11), -ENAMETOOLONG);
	ck_assert_str_eq(buf, "/some/wher");
	setenv("SOCKTAB_DIR", "", 1);
	ck_assert_int_eq(socktab_directory(buf, sizeof buf), 0);
	ck_assert_str_eq(buf, "/run/user/7/socktab");
	unsetenv("SOCKTAB_DIR");
	unsetenv("XDG_RUNTIME_DIR");
	ck_assert_int_eq(socktab_directory(buf, sizeof buf), 0);
	snprintf(expected, sizeof expected, "/dev/shm/socktab-%u", (unsigned)geteuid());
	ck_assert_str_eq(buf, expected);
}
END_TEST

START_TEST(the_environments_directory_is_where_sessions_are_looked_for)
{
	struct socktab *table;

	setenv("SOCKTAB_DIR", forge.directory, 1);
	forge_write(&forge, "one");
	ck_assert_int_eq(socktab_open(NULL, "one", &table, NULL), 0);
	socktab_close(table);
	ck_assert_int_eq(socktab_open(NULL, NULL, &table, NULL), 0);
	socktab_close(table);
	socktab_close(NULL);
}
END_TEST

static int open_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

START_TEST(opening_leaves_one_descriptor_and_that_close_on_exec)
{
	int before = open_descriptors();
	struct socktab *table;

	forge_write(&forge, "one");
	table = forge_read(&forge);
	ck_assert_int_eq(open_descriptors(), before + 1);
	for (int fd = 0; fd < 256; fd++) {
		char link[64], path[256];
		ssize_t n;

		snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		n = readlink(link, path, sizeof path - 1);
		if (n > 0 && (path[n] = '\0', strcmp(path, forge.path) == 0))
			ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	}
	socktab_close(table);
	ck_assert_int_eq(open_name("none", NULL), -ENOENT);
	forge_header(&forge)->major++;
	forge_write(&forge, "one");
	ck_assert_int_eq(open_name("one", NULL), -EPROTO);
	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("opening");
	TCase *tcase = forge_case(suite, "opening");

	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_test(tcase, a_session_is_opened_by_name);
	tcase_add_test(tcase, without_a_name_the_newest_living_one_is_opened);
	tcase_add_test(tcase, without_a_name_and_a_living_one_the_newest_is_opened);
	tcase_add_test(tcase, a_name_with_a_slash_is_a_path);
	tcase_add_test(tcase, a_directory_that_is_missing_or_empty_has_no_session);
	tcase_add_test(tcase, a_directory_behind_a_link_is_refused);
	tcase_add_test(tcase, a_file_behind_a_link_is_refused);
	tcase_add_test(tcase, what_others_may_enter_is_refused);
	tcase_add_test(tcase, a_file_that_others_may_read_or_write_is_refused);
	if (geteuid() == 0)
		tcase_add_test(tcase, what_belongs_to_others_is_refused_but_to_root_by_path);
	else
		puts("not tried, only root can: what_belongs_to_others_is_refused");
	tcase_add_test(tcase, what_is_no_file_is_refused_without_waiting);
	tcase_add_test(tcase, what_is_no_table_is_refused_and_not_listed);
	tcase_add_test(tcase, hidden_files_are_no_sessions);
	tcase_add_test(tcase, sessions_are_listed_newest_first_with_their_processes);
	tcase_add_test(tcase, sessions_that_cannot_be_read_are_listed_as_such);
	tcase_add_test(tcase, the_directory_comes_from_the_environment);
	tcase_add_test(tcase, the_environments_directory_is_where_sessions_are_looked_for);
	tcase_add_test(tcase, opening_leaves_one_descriptor_and_that_close_on_exec);
	return forge_main(suite);
}
