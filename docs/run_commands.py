"""Runs command lines of the program one after the other, in one process: they stand on the standard input.

What is imported, and what is read of files that ship, is so once for them all. It ends with the first
command that does not end well.
"""

from __future__ import annotations

import shlex
import sys

from ceasefire.cli import main


def run(lines: str) -> int:
    """Run each line, without the name of the program in it; return the exit code of the last that ran."""
    for line in lines.replace("\\\n", " ").splitlines():
        if words := shlex.split(line):
            sys.stdout.write(f"ceasefire {shlex.join(words)}\n")
            sys.stdout.flush()
            try:
                main(words)
            except SystemExit as leaving:
                if leaving.code:
                    return int(leaving.code)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.stdin.read()))
