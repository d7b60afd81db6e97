# SPDX-License-Identifier: MIT
# The preload module. Its core is built apart from the wrappers, so that tests link it without
# being intercepted themselves.

# No _FORTIFY_SOURCE: with it clang drops read, recv and poll from the exports. Initial-exec
# thread-local storage never calls malloc. Unwind tables let a cancelled thread's clean-up pass
# through our frames. No sanitizer, no profiling: this code runs in other people's processes.
PRELOAD_CPPFLAGS = $(AM_CPPFLAGS) -U_FORTIFY_SOURCE -DST_PRELOAD
PRELOAD_CFLAGS = $(WARN_CFLAGS) -fvisibility=hidden -ftls-model=initial-exec -fexceptions \
	-fasynchronous-unwind-tables -fno-stack-protector -fno-lto

noinst_LTLIBRARIES += lib/preload/libcore.la
lib_preload_libcore_la_CPPFLAGS = $(PRELOAD_CPPFLAGS)
lib_preload_libcore_la_CFLAGS = $(PRELOAD_CFLAGS)
lib_preload_libcore_la_SOURCES = \
	lib/calls.def \
	lib/preload/address.c lib/preload/address.h \
	lib/preload/calls.c lib/preload/calls.h \
	lib/preload/chunks.c \
	lib/preload/clock.c lib/preload/clock.h \
	lib/preload/connecting.c lib/preload/connecting.h \
	lib/preload/count.c lib/preload/count.h \
	lib/preload/descriptors.c lib/preload/descriptors.h \
	lib/preload/environment.c lib/preload/environment.h \
	lib/preload/kernel.c lib/preload/kernel.h \
	lib/preload/process.c \
	lib/preload/record.h \
	lib/preload/record_close.c \
	lib/preload/record_message.c \
	lib/preload/record_open.c \
	lib/preload/record_options.c \
	lib/preload/record_state.c \
	lib/preload/rows.c lib/preload/rows.h \
	lib/preload/seccomp.c lib/preload/seccomp.h \
	lib/preload/session.c \
	lib/preload/table.c lib/preload/table.h \
	lib/preload/text.c lib/preload/text.h \
	lib/preload/thread.c lib/preload/thread.h

pkglib_LTLIBRARIES += libsocktab-preload.la
EXTRA_DIST += lib/preload/exports.map
libsocktab_preload_la_CPPFLAGS = $(PRELOAD_CPPFLAGS)
libsocktab_preload_la_CFLAGS = $(PRELOAD_CFLAGS)
libsocktab_preload_la_LIBADD = lib/preload/libcore.la
libsocktab_preload_la_DEPENDENCIES = lib/preload/libcore.la lib/preload/exports.map
libsocktab_preload_la_LDFLAGS = -module -shared -avoid-version -Wl,-z,now -Wl,-z,relro \
	-Wl,-z,defs -Wl,--version-script=$(top_srcdir)/lib/preload/exports.map
libsocktab_preload_la_SOURCES = \
	lib/preload/start.c \
	lib/preload/vfork.S \
	lib/preload/wrap_close.c \
	lib/preload/wrap_copy.c \
	lib/preload/wrap_create.c \
	lib/preload/wrap_duplicate.c \
	lib/preload/wrap_exec.c \
	lib/preload/wrap_inside.c \
	lib/preload/wrap_options.c \
	lib/preload/wrap_process.c \
	lib/preload/wrap_receive.c \
	lib/preload/wrap_send.c \
	lib/preload/wrap_state.c \
	lib/preload/wrap_syscall.c \
	lib/preload/wrap_wait.c
