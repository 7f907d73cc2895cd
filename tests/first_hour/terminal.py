"""The terminal in which a task runs: what it asks is answered as a person answers it."""

import os
import pty
import select
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# A program that has printed a question and then nothing for this long waits for an answer.
_PATIENCE = 1.5
_SIZE = 65536

# Takes the question, and returns the line that somebody types.
Answer = Callable[[str], str]


def run_in_terminal(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], answer: Answer
) -> tuple[int, str]:
    """Run a command in a terminal of its own; return its exit code and all that it printed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        printed = ""
        while True:
            more = _read_until_it_waits(ours)
            printed += more or ""
            if more is None:
                break
            question = printed.rpartition("\n")[2]
            if question.strip() and process.poll() is None:
                os.write(ours, f"{answer(question.strip())}\n".encode())
        code = process.wait()
    os.close(ours)
    return code, printed.replace("\r\n", "\n")


def _read_until_it_waits(terminal: int) -> str | None:
    """Return what a program prints until it is silent for a while; `None` when it has ended."""
    found = b""
    while select.select([terminal], [], [], _PATIENCE)[0]:
        try:
            data = os.read(terminal, _SIZE)
        except OSError:  # nobody is at the other end any more
            data = b""
        if not data:
            return found.decode(errors="replace") or None
        found += data
    return found.decode(errors="replace")
