# SPDX-License-Identifier: MIT
# The command line, held against forged sessions and real ones. A script is a behaviour.
TOOL_TESTS = \
	tests/tool/audit_exit_statuses.sh \
	tests/tool/audit_finds_every_gap.sh \
	tests/tool/audit_leaves_races_out.sh \
	tests/tool/audit_names_blind_processes.sh \
	tests/tool/columns_can_be_chosen.sh \
	tests/tool/completion_in_bash.sh \
	tests/tool/csv_is_quoted.sh \
	tests/tool/doctor_finds_out_why.sh \
	tests/tool/env_can_be_used_by_shells.sh \
	tests/tool/exit_statuses.sh \
	tests/tool/filters_agree_with_ss.sh \
	tests/tool/filters_pick_rows.sh \
	tests/tool/filters_say_what_is_wrong.sh \
	tests/tool/gc_removes_what_is_dead.sh \
	tests/tool/help_lists_every_command.sh \
	tests/tool/json_is_valid.sh \
	tests/tool/losses_are_always_shown.sh \
	tests/tool/modules_with_odd_paths.sh \
	tests/tool/names_cannot_touch_the_terminal.sh \
	tests/tool/other_builds_run_as_bare.sh \
	tests/tool/pid_namespaces_are_kept_apart.sh \
	tests/tool/ps_lists_processes.sh \
	tests/tool/rows_can_be_picked.sh \
	tests/tool/run_is_not_there.sh \
	tests/tool/run_refuses_what_cannot_be_preloaded.sh \
	tests/tool/run_sums_up.sh \
	tests/tool/sessions_can_be_named.sh \
	tests/tool/show_tells_everything.sh \
	tests/tool/tables_fit_the_terminal.sh \
	tests/tool/ten_thousand_rows_are_fast.sh \
	tests/tool/the_manual_names_everything.sh \
	tests/tool/wait_returns_when_it_holds.sh \
	tests/tool/watch_refreshes.sh

TESTS += $(TOOL_TESTS)
EXTRA_DIST += $(TOOL_TESTS) tests/tool/lib.sh tests/tool/on_a_terminal.py tests/tool/sockets_for_ss.py
check_PROGRAMS += tests/tool/forge tests/tool/on_the_quiet
tests_tool_on_the_quiet_SOURCES = tests/tool/on_the_quiet.c
tests_tool_on_the_quiet_CFLAGS = $(WARN_CFLAGS)
tests_tool_forge_SOURCES = tests/tool/forge.c
tests_tool_forge_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
