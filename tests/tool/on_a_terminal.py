# SPDX-License-Identifier: MIT
"""Runs a command on a terminal of its own: on_a_terminal.py COLUMNS[:ACTIONS] COMMAND...

Prints what the terminal got and ends with the command's status (128 + N: by signal N). ACTIONS
are comma-separated: "PATTERN=KEYS" waits for the pattern to appear (a plain string) and types the
keys, where ^C and ^Z are those of the keyboard."""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

columns, _, actions = sys.argv[1].partition(":")
actions = [action.split("=", 1) for action in actions.split(",") if action]
pid, terminal = pty.fork()
if pid == 0:
    size = struct.pack("HHHH", 24, int(columns), 0, 0)
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    os.execvp(sys.argv[2], sys.argv[2:])

output, seen, end = b"", 0, time.monotonic() + 30
while time.monotonic() < end:
    if actions and (at := output.find(actions[0][0].encode(), seen)) >= 0:
        seen = at + len(actions[0][0])
        keys = actions.pop(0)[1].replace("^C", "\003").replace("^Z", "\032")
        os.write(terminal, keys.encode())
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        output += data
else:
    os.kill(pid, 9)
    output += b"\n(it did not end)\n"
status = os.waitpid(pid, 0)[1]
sys.stdout.buffer.write(output.replace(b"\r\n", b"\n"))
sys.stdout.flush()
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
