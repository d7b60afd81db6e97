# SPDX-License-Identifier: MIT

# ST_TRY_CFLAG(VARIABLE, FLAG): appends FLAG to VARIABLE when the compiler takes it quietly.
AC_DEFUN([ST_TRY_CFLAG], [
  AC_MSG_CHECKING([whether $CC takes $2])
  st_saved_CFLAGS=$CFLAGS
  CFLAGS="$CFLAGS -Werror $2"
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
    [AC_MSG_RESULT([yes]); $1="$$1 $2"], [AC_MSG_RESULT([no])])
  CFLAGS=$st_saved_CFLAGS
])

# ST_WARNINGS: WARN_CFLAGS, and --enable-werror.
AC_DEFUN([ST_WARNINGS], [
  AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [warnings are errors (for CI)])])
  WARN_CFLAGS=
  m4_foreach_w([st_flag], [-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
      -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Wvla
      -Wimplicit-fallthrough],
    [ST_TRY_CFLAG([WARN_CFLAGS], st_flag)])
  AS_IF([test "x$enable_werror" = xyes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
  AC_SUBST([WARN_CFLAGS])
])

# ST_SANITIZER: --enable-sanitizer=LIST instruments the reader library, the tool and the tests
# that link the module's core. The module itself lives in foreign processes and stays plain.
AC_DEFUN([ST_SANITIZER], [
  AC_ARG_ENABLE([sanitizer],
    [AS_HELP_STRING([--enable-sanitizer=LIST],
      [build the reader, the tool and the tests with -fsanitize=LIST (address,undefined)])],
    [], [enable_sanitizer=no])
  SAN_CFLAGS=
  AS_CASE([$enable_sanitizer],
    [no], [enable_sanitizer=none],
    [yes], [enable_sanitizer=address,undefined])
  AS_IF([test "$enable_sanitizer" != none],
    [SAN_CFLAGS="-fsanitize=$enable_sanitizer -fno-sanitize-recover=all -fno-omit-frame-pointer"])
  AM_CONDITIONAL([SANITIZER], [test "$enable_sanitizer" != none])
  AC_SUBST([SAN_CFLAGS])
])

# ST_BASH_COMPLETION: where bash looks for completions, below our own prefix.
AC_DEFUN([ST_BASH_COMPLETION], [
  AC_SUBST([bashcompletiondir], ['${datadir}/bash-completion/completions'])
])
