# SPDX-License-Identifier: MIT
# Tries the installed tool, module, library and pkg-config file. A program that ends with an
# instrumented library would need the sanitizer's runtime too: plain builds only.
EXTRA_DIST += tests/installcheck/installed tests/installcheck/holder.c tests/installcheck/outside.c

installcheck-local:
	$(SHELL) $(srcdir)/tests/installcheck/installed $(srcdir) $(VERSION) $(bindir) $(libdir) \
		$(pkglibdir) "$(CC)" "$(PKG_CONFIG)"
