# SPDX-License-Identifier: MIT
# The preload matrix: programs of tests/programs run under the module, by nouns.

# --- the programs under test: built without our headers, flags or libraries. With -fexceptions
# a cancelled thread's clean-up unwinds the stack, through the module's frames.
under_test = \
	tests/programs/aborted \
	tests/programs/accept4_with_flags \
	tests/programs/accept_counts \
	tests/programs/accept_with_a_bad_pointer \
	tests/programs/accept_with_a_short_buffer \
	tests/programs/addresses_with_junk \
	tests/programs/adopted_when_first_used \
	tests/programs/blocking_connect_refused \
	tests/programs/calls_by_number \
	tests/programs/calls_by_number_that_lie \
	tests/programs/cancelled_before_every_call \
	tests/programs/cancelled_while_waiting \
	tests/programs/children_that_start_late \
	tests/programs/clone_that_shares_memory \
	tests/programs/close_all_loop \
	tests/programs/close_cancelled \
	tests/programs/close_of_a_tcp_connection \
	tests/programs/close_range_of_all \
	tests/programs/close_range_that_only_marks \
	tests/programs/close_range_that_unshares \
	tests/programs/close_range_under_a_filter \
	tests/programs/close_range_with_a_hole \
	tests/programs/close_twice \
	tests/programs/closefrom_a_number \
	tests/programs/connect_again_when_connected \
	tests/programs/connect_by_sendto \
	tests/programs/connect_interrupted \
	tests/programs/connect_that_waits \
	tests/programs/connect_with_a_send_timeout \
	tests/programs/counters_of_four_threads \
	tests/programs/creation_that_fails \
	tests/programs/daemon_by_double_fork \
	tests/programs/daemon_of_libc \
	tests/programs/dup2_of_a_file_over_a_socket \
	tests/programs/dup2_onto_itself \
	tests/programs/dup2_over_a_socket \
	tests/programs/dup2_that_fails \
	tests/programs/duplicates_of_every_kind \
	tests/programs/epoll_with_the_same_data \
	tests/programs/errno_is_left_alone \
	tests/programs/errors_of_a_broken_connection \
	tests/programs/everyday_life \
	tests/programs/exec_after_a_dead_holder_of_the_pid \
	tests/programs/exec_from_a_thread \
	tests/programs/exec_keeps_sockets \
	tests/programs/exec_of_a_script \
	tests/programs/exec_of_a_static_program \
	tests/programs/exec_that_fails \
	tests/programs/exec_with_an_empty_environment \
	tests/programs/exec_with_its_environment \
	tests/programs/exit_with_open_sockets \
	tests/programs/fclose_of_a_socket \
	tests/programs/fclose_of_a_stream_whose_socket_is_closed \
	tests/programs/files_and_pipes_have_no_row \
	tests/programs/filter_in_a_vfork_child \
	tests/programs/five_hundred_sockets \
	tests/programs/flags_of_creation \
	tests/programs/fork_by_clone \
	tests/programs/fork_from_a_thread \
	tests/programs/fork_in_a_vfork_child \
	tests/programs/fork_with_open_sockets \
	tests/programs/freopen_over_a_socket \
	tests/programs/handler_on_a_small_stack \
	tests/programs/handler_that_opens_and_closes \
	tests/programs/inherited_sockets \
	tests/programs/interrupted_calls \
	tests/programs/jump_out_of_fork \
	tests/programs/jumps_out_of_every_call \
	tests/programs/killed_by_sigpipe \
	tests/programs/killed_in_the_middle \
	tests/programs/lengths_that_come_back \
	tests/programs/listen_again_with_another_backlog \
	tests/programs/listen_without_bind \
	tests/programs/login_tty_over_sockets \
	tests/programs/longjmp_out_of_recv \
	tests/programs/message_with_a_name \
	tests/programs/mptcp_server \
	tests/programs/mq_close_of_a_socket \
	tests/programs/multicast_groups \
	tests/programs/netlink_route \
	tests/programs/nonblock_and_cloexec_set_later \
	tests/programs/nonblocking_connect_refused \
	tests/programs/nonblocking_connect_refused_seen_by_connect \
	tests/programs/nonblocking_connect_refused_seen_by_send \
	tests/programs/nonblocking_connect_seen_by_a_second_connect \
	tests/programs/nonblocking_connect_seen_by_epoll \
	tests/programs/nonblocking_connect_seen_by_getpeername \
	tests/programs/nonblocking_connect_seen_by_masked_waits \
	tests/programs/nonblocking_connect_seen_by_poll \
	tests/programs/nonblocking_connect_seen_by_select \
	tests/programs/nonblocking_connect_seen_by_the_first_send \
	tests/programs/nonblocking_connect_to_a_full_queue \
	tests/programs/numbers_used_again \
	tests/programs/numbers_used_again_by_threads \
	tests/programs/opening_in_a_full_table \
	tests/programs/option_set_through_a_duplicate \
	tests/programs/options_learnt_by_asking \
	tests/programs/options_of_other_families \
	tests/programs/options_of_tcp \
	tests/programs/options_that_are_refused \
	tests/programs/packet_socket_on_the_loopback \
	tests/programs/passing_a_socket \
	tests/programs/passing_and_peeking \
	tests/programs/passing_by_mmsg \
	tests/programs/passing_several_at_once \
	tests/programs/passing_to_a_buffer_too_small \
	tests/programs/passing_to_another_process \
	tests/programs/passing_under_a_filter \
	tests/programs/peek_and_truncate \
	tests/programs/pid_namespace_without_proc \
	tests/programs/pointers_to_nowhere \
	tests/programs/posix_spawn_with_file_actions \
	tests/programs/raw_icmp \
	tests/programs/receive_fortified \
	tests/programs/receive_in_every_way \
	tests/programs/receive_while_another_thread_closes \
	tests/programs/reuseport_by_two_listeners \
	tests/programs/send_in_every_way \
	tests/programs/sendfile_and_splice \
	tests/programs/sendto_without_bind \
	tests/programs/shutdown_of_a_listener \
	tests/programs/shutdown_of_each_way \
	tests/programs/socket_of_an_unspelt_family \
	tests/programs/socketpair_of_every_type \
	tests/programs/sockets_before_and_after_main \
	tests/programs/sockets_in_a_chroot \
	tests/programs/sockets_inside_libc \
	tests/programs/sockets_of_another_user \
	tests/programs/static_program \
	tests/programs/stress_of_eight_threads \
	tests/programs/system_and_popen \
	tests/programs/taken_by_pidfd_getfd \
	tests/programs/tcp_disconnect \
	tests/programs/tcp_server_inet \
	tests/programs/tcp_server_inet6 \
	tests/programs/tcp_v4_mapped \
	tests/programs/thread_with_descriptors_of_its_own \
	tests/programs/traffic_until_killed \
	tests/programs/twenty_thousand_sockets \
	tests/programs/two_hundred_processes \
	tests/programs/udp_connected \
	tests/programs/udp_disconnected \
	tests/programs/udp_received_by_recvmmsg \
	tests/programs/udp_refused \
	tests/programs/udp_to_several_peers \
	tests/programs/udp_with_two_peers \
	tests/programs/under_a_seccomp_filter \
	tests/programs/under_strict_seccomp \
	tests/programs/unix_abstract_with_nuls \
	tests/programs/unix_address_of_the_kernels_choice \
	tests/programs/unix_connect_to_a_full_queue \
	tests/programs/unix_connect_to_nobody \
	tests/programs/unix_datagrams \
	tests/programs/unix_path_of_108_bytes \
	tests/programs/unix_stream_with_a_path \
	tests/programs/vfork_child_that_closes_all \
	tests/programs/vfork_child_that_executes \
	tests/programs/vfork_child_that_exits \
	tests/programs/vfork_child_that_hands_over_a_socket \
	tests/programs/vfork_in_a_cloned_child \
	tests/programs/vfork_under_a_filter_from_before \
	tests/programs/vsock_bound \
	tests/programs/would_block \
	tests/programs/zerocopy_send
under_test_headers = \
	tests/programs/checkpoint.h \
	tests/programs/filter.h \
	tests/programs/loopback.h \
	tests/programs/passing.h

tests/programs/receive_fortified: UNDER_TEST_CFLAGS = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
tests/programs/cancelled_before_every_call: UNDER_TEST_CFLAGS = -fexceptions
tests/programs/cancelled_while_waiting: UNDER_TEST_CFLAGS = -fexceptions
tests/programs/static_program: UNDER_TEST_CFLAGS = -static -nostdlib -ffreestanding -fno-stack-protector

AM_V_UNDER_TEST = $(am__v_UNDER_TEST_@AM_V@)
am__v_UNDER_TEST_ = $(am__v_UNDER_TEST_@AM_DEFAULT_V@)
am__v_UNDER_TEST_0 = @echo "  PROGRAM " $@;
am__v_UNDER_TEST_1 =

$(under_test): tests/programs/%: tests/programs/%.c $(under_test_headers)
	$(AM_V_UNDER_TEST)$(MKDIR_P) tests/programs && \
	$(CC) -D_GNU_SOURCE $(WARN_CFLAGS) $(CFLAGS) $(UNDER_TEST_CFLAGS) $(LDFLAGS) -pthread -o $@ $<

# --- what runs them and judges
if HAVE_CHECK
check_DATA += tests/programs/built
tests/programs/built: $(under_test)
	@touch $@

check_LTLIBRARIES += tests/preload/libharness.la
tests_preload_libharness_la_SOURCES = \
	tests/preload/agree.c tests/preload/agree.h \
	tests/preload/complaints.h \
	tests/preload/expect.c tests/preload/expect.h \
	tests/preload/kernel.c tests/preload/kernel.h \
	tests/preload/run.c tests/preload/run.h \
	tests/preload/suite.c tests/preload/suite.h
tests_preload_libharness_la_CPPFLAGS = $(harness_cppflags) \
	-DBUILD_DIR='"$(abs_builddir)"'
tests_preload_libharness_la_CFLAGS = $(harness_cflags)
tests_preload_libharness_la_LIBADD = libsocktab.la $(CHECK_LIBS)

preload_tests = \
	tests/preload/bare \
	tests/preload/bytes \
	tests/preload/close \
	tests/preload/connect \
	tests/preload/create \
	tests/preload/datagram \
	tests/preload/duplicate \
	tests/preload/exec \
	tests/preload/filter \
	tests/preload/hazards \
	tests/preload/hostile \
	tests/preload/killed \
	tests/preload/many \
	tests/preload/options \
	tests/preload/process \
	tests/preload/serve \
	tests/preload/session \
	tests/preload/threads
check_PROGRAMS += $(preload_tests)
TESTS += $(preload_tests)

harness_cppflags = $(AM_CPPFLAGS) -D_GNU_SOURCE
harness_cflags = $(AM_CFLAGS) $(CHECK_CFLAGS)

tests_preload_bare_CPPFLAGS = $(harness_cppflags)
tests_preload_bare_CFLAGS = $(harness_cflags)
tests_preload_bare_LDADD = tests/preload/libharness.la

tests_preload_bytes_CPPFLAGS = $(harness_cppflags)
tests_preload_bytes_CFLAGS = $(harness_cflags)
tests_preload_bytes_LDADD = tests/preload/libharness.la

tests_preload_close_CPPFLAGS = $(harness_cppflags)
tests_preload_close_CFLAGS = $(harness_cflags)
tests_preload_close_LDADD = tests/preload/libharness.la

tests_preload_connect_CPPFLAGS = $(harness_cppflags)
tests_preload_connect_CFLAGS = $(harness_cflags)
tests_preload_connect_LDADD = tests/preload/libharness.la

tests_preload_create_CPPFLAGS = $(harness_cppflags)
tests_preload_create_CFLAGS = $(harness_cflags)
tests_preload_create_LDADD = tests/preload/libharness.la

tests_preload_datagram_CPPFLAGS = $(harness_cppflags)
tests_preload_datagram_CFLAGS = $(harness_cflags)
tests_preload_datagram_LDADD = tests/preload/libharness.la

tests_preload_duplicate_CPPFLAGS = $(harness_cppflags)
tests_preload_duplicate_CFLAGS = $(harness_cflags)
tests_preload_duplicate_LDADD = tests/preload/libharness.la

tests_preload_exec_CPPFLAGS = $(harness_cppflags)
tests_preload_exec_CFLAGS = $(harness_cflags)
tests_preload_exec_LDADD = tests/preload/libharness.la

tests_preload_filter_CPPFLAGS = $(harness_cppflags)
tests_preload_filter_CFLAGS = $(harness_cflags)
tests_preload_filter_LDADD = tests/preload/libharness.la
# Another library to preload: shared, since it has a path.
check_LTLIBRARIES += tests/preload/libother.la
tests_preload_libother_la_SOURCES = tests/preload/other.c
tests_preload_libother_la_CPPFLAGS = $(harness_cppflags)
tests_preload_libother_la_CFLAGS = $(WARN_CFLAGS)
tests_preload_libother_la_LDFLAGS = -module -shared -avoid-version -rpath $(pkglibdir)

tests_preload_hazards_CPPFLAGS = $(harness_cppflags) \
	-DOTHER_LIBRARY='"$(abs_builddir)/tests/preload/.libs/libother.so"'
tests_preload_hazards_CFLAGS = $(harness_cflags)
tests_preload_hazards_LDADD = tests/preload/libharness.la

tests_preload_hostile_CPPFLAGS = $(harness_cppflags)
tests_preload_hostile_CFLAGS = $(harness_cflags)
tests_preload_hostile_LDADD = tests/preload/libharness.la

tests_preload_killed_CPPFLAGS = $(harness_cppflags)
tests_preload_killed_CFLAGS = $(harness_cflags)
tests_preload_killed_LDADD = tests/preload/libharness.la

tests_preload_many_CPPFLAGS = $(harness_cppflags)
tests_preload_many_CFLAGS = $(harness_cflags)
tests_preload_many_LDADD = tests/preload/libharness.la

tests_preload_options_CPPFLAGS = $(harness_cppflags)
tests_preload_options_CFLAGS = $(harness_cflags)
tests_preload_options_LDADD = tests/preload/libharness.la

tests_preload_process_CPPFLAGS = $(harness_cppflags)
tests_preload_process_CFLAGS = $(harness_cflags)
tests_preload_process_LDADD = tests/preload/libharness.la

tests_preload_serve_CPPFLAGS = $(harness_cppflags)
tests_preload_serve_CFLAGS = $(harness_cflags)
tests_preload_serve_LDADD = tests/preload/libharness.la

tests_preload_session_CPPFLAGS = $(harness_cppflags)
tests_preload_session_CFLAGS = $(harness_cflags)
tests_preload_session_LDADD = tests/preload/libharness.la

tests_preload_threads_CPPFLAGS = $(harness_cppflags)
tests_preload_threads_CFLAGS = $(harness_cflags)
tests_preload_threads_LDADD = tests/preload/libharness.la
endif

EXTRA_DIST += $(under_test_headers) $(under_test:=.c)
CLEANFILES += $(under_test) tests/programs/built tests/programs/copy_of_the_module.so
