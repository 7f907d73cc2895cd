"""What somebody does in the first hour, printed step by step, and how many lines are typed."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

# What gives a terminal its colors.
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(slots=True)
class Transcript:
    """Prints what happens; counts the lines that are typed, and names the files that are edited."""

    typed: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    _steps: int = 0

    def begin_step(self, text: str) -> None:
        """Print what the person does next: where it is, and what is chosen there."""
        self._steps += 1
        self._print(f"\n{self._steps}. {text}")

    def type_line(self, where: str, line: str) -> None:
        """Print a line that is typed, and count it."""
        self.typed.append(line)
        self._print(f"   typed {len(self.typed):>2}: {line}    ({where})")

    def accept_default(self, where: str, line: str) -> None:
        """Print an answer that was there already and is taken by Enter."""
        self._print(f"   Enter:    {line}    ({where})")

    def show_command(self, words: Sequence[str]) -> None:
        """Print a command that is run for the person, as the file that has it says."""
        self._print(f"   $ {' '.join(words)}")

    def show_output(self, text: str, *, first: int = 12, last: int = 6) -> None:
        """Print the first and the last lines that a command printed."""
        lines = [line.rstrip() for line in _COLORS.sub("", text).splitlines() if line.strip()]
        if len(lines) > first + last:
            left_out = f"… {len(lines) - first - last} more lines"
            lines = [*lines[:first], left_out, *lines[-last:]]
        for line in lines:
            self._print(f"   | {line}")

    def _print(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
