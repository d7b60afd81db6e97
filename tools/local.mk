# SPDX-License-Identifier: MIT
# The inspector. It knows the table only through libsocktab.

bin_PROGRAMS += tools/socktab
tools_socktab_CPPFLAGS = $(AM_CPPFLAGS) -D_FILE_OFFSET_BITS=64 $(JSON_CFLAGS) $(SMARTCOLS_CFLAGS) \
	$(LIBMNL_CFLAGS) -DBINDIR='"$(bindir)"' -DPKGLIBDIR='"$(pkglibdir)"'
tools_socktab_LDADD = lib/reader/libreader.la $(JSON_LIBS) $(SMARTCOLS_LIBS) $(LIBMNL_LIBS)
tools_socktab_SOURCES = \
	tools/main.c tools/commands.c tools/command.h \
	tools/option.c tools/option.h lib/nearest.c lib/nearest.h \
	tools/complain.c tools/complain.h tools/escape.c tools/escape.h

# --- the commands, a file each
tools_socktab_SOURCES += \
	tools/run.c tools/ls.c tools/ps.c tools/show.c tools/wait.c tools/gc.c tools/env.c \
	tools/doctor.c tools/doctor.h tools/doctor_machine.c tools/doctor_process.c \
	tools/completion.c tools/help.c

# --- from tables to pages
tools_socktab_SOURCES += \
	tools/source.c tools/source.h tools/losses.c tools/losses.h \
	tools/pids.c tools/pids.h tools/filter.c tools/filter.h tools/pick.c tools/pick.h \
	tools/value.c tools/value.h tools/address_value.c tools/traffic_value.c tools/link_value.c \
	tools/units.c tools/units.h tools/fit.c tools/fit.h \
	tools/column.c tools/column.h tools/row_columns.c tools/process_columns.c \
	tools/view.c tools/view.h tools/view_human.c tools/view_json.c tools/view_csv.c \
	tools/watch.c tools/watch.h

# --- the table held against the kernel
tools_socktab_SOURCES += \
	tools/audit.c tools/audit.h tools/audit_round.c tools/audit_descriptors.c \
	tools/audit_address.c tools/audit_state.c tools/audit_bytes.c tools/audit_processes.c \
	tools/audit_why.c tools/audit_page.c \
	tools/gap.c tools/gap.h tools/gap_columns.c tools/by_number.h \
	tools/kernel.h tools/kernel_process.c tools/kernel_descriptors.c tools/kernel_sockets.c \
	tools/kernel_diag.c tools/kernel_diag.h tools/kernel_diag_inet.c tools/kernel_diag_local.c

# --- from command lines to preloaded programs
tools_socktab_SOURCES += \
	tools/session_name.c tools/session_name.h tools/environment.c tools/environment.h \
	tools/module.c tools/module.h tools/program.c tools/program.h \
	tools/elf_file.c tools/elf_file.h tools/child.c tools/child.h

bashcompletion_DATA = tools/completions/socktab
CLEANFILES += tools/completions/socktab
tools/completions/socktab: tools/socktab$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) tools/completions && \
	tools/socktab completion bash >$@.tmp && mv $@.tmp $@
