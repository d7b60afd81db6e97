#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck source=/dev/null
. "${srcdir:-.}/tests/tool/lib.sh"
needs_module

# refused STATUS TEXT FILE: by run, and by doctor in other words
refused() {
	complains "$1" "$2" "$SOCKTAB" run "$3"
	gives 1 "$SOCKTAB" doctor "$3"
	has "doctor $3" "$OUT$ERR" "$2"
}

cd "$WORK" || exit 1
refused 127 "No such file" nosuch
refused 127 "No such file" ./nosuch
refused 127 "Not a directory" /etc/passwd/x
refused 126 "Permission denied" /etc/passwd
refused 126 "Is a directory" /etc
PATH=$WORK:$PATH
echo echo found >first
equal "not executable, in PATH" 126 "$("$SOCKTAB" run first 2>/dev/null; echo $?)"
chmod +x first
gives 0 "$SOCKTAB" run first
equal "a script without #!" found "$OUT"
gives 0 "$SOCKTAB" doctor first
has "its interpreter" "$OUT" "$WORK/first is a script of /bin/sh"

# patched FILE OFFSET BYTES: a copy of a good program with other bytes
patched() {
	cp /bin/true "$1" && printf '%b' "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
patched thirty-two 4 '\x01'
refused 126 "32-bit program" ./thirty-two
patched machine 18 '\xb7\x00'
refused 126 "another machine" ./machine
patched damaged 54 '\x01\x00'
refused 126 "damaged" ./damaged
cp /bin/true musl
sed -i 's,/lib64/ld-linux-x86-64.so.2,/lib/ld-musl-x86_64.so.1\x00\x00,' musl
refused 126 "another libc" ./musl
if cc -static -x c -o static - 2>/dev/null <<<'int main(void) { return 0; }'; then
	refused 126 "statically linked" ./static
fi
if cc -static-pie -x c -o static-pie - 2>/dev/null <<<'int main(void) { return 0; }'; then
	refused 126 "statically linked" ./static-pie
fi
if cc -fsanitize=address -x c -o asan - 2>/dev/null <<<'int main(void) { return 0; }'; then
	refused 126 AddressSanitizer ./asan
	gives 0 env ASAN_OPTIONS=verify_asan_link_order=0 "$SOCKTAB" run ./asan
fi
head -c 100 /bin/true >short
chmod +x short
refused 126 "damaged" ./short

# A script is judged by its interpreter, how far away it may be.
printf '#!%s/static\n' "$WORK" >script
printf '#! %s/script -x\n' "$WORK" >script-of-script
chmod +x script script-of-script
if [[ -e static ]]; then
	refused 126 "$WORK/static cannot be preloaded" ./script
	refused 126 "$WORK/static cannot be preloaded" ./script-of-script
fi

# Rights that the caller lacks make the loader forget LD_PRELOAD.
if ((EUID == 0)) && setpriv --help >/dev/null 2>&1; then
	mkdir -m 755 rights
	cp /bin/true rights/suid
	cp /bin/true rights/sgid
	chmod 4755 rights/suid
	chmod 2755 rights/sgid
	gives 0 "$SOCKTAB" doctor rights/suid
	chown 12345 rights/suid
	chmod 4755 rights/suid
	gives 1 "$SOCKTAB" doctor rights/suid
	has "setuid" "$OUT" "setuid"
	chgrp 12345 rights/sgid
	chmod 2755 rights/sgid
	gives 1 "$SOCKTAB" doctor rights/sgid
	has "setgid" "$OUT" "setgid"
	gives 0 setpriv --no-new-privs "$SOCKTAB" doctor rights/suid
fi
finish
