"""How long jobs take, as constants that were written down from a measurement."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Twice the CPU seconds that a command took from cold for 39 pairs, and how that grows to 400.
_COMMANDS = {
    "build": (3.5, 0.05),
    "check": (0.5, 0.002),
    "propose": (2.8, 0.003),
    "receive": (2.8, 0.003),
    "remind": (2.8, 0.003),
    "review": (2.8, 0.003),
}
# A command that was not measured takes as long as one that reads the whole program.
_UNMEASURED = (2.8, 0.003)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeconds:
    """Seconds of the parts of a job.

    `check_out` is for GitHub's own steps, `plain` for a job that installs and runs nothing of
    Peerloom's, `restore` for taking what was installed from a cache, a `read` and a `write` for
    requests to GitHub, and `pause` for what a reminder waits after a write: these are assumed,
    for they cannot be measured here. `install` is what `pip` took in CPU seconds, and half as much
    again for what it downloads. `commands` has the seconds of each in a program without pairs, and
    those for each pair. What an answer by form takes is counted in requests (`reads`, `writes`):
    one that is `new`, and one that is `known` from an earlier run. Every job takes `slowness` times
    as long as its parts, to see what the assumptions matter.
    """

    check_out: float = 7.0
    plain: float = 6.0
    restore: float = 5.0
    install: float = 21.0
    read: float = 0.4
    write: float = 0.6
    pause: float = 1.0
    new_answer: tuple[int, int] = (8, 8)
    known_answer: tuple[int, int] = (10, 1)
    slowness: float = 1.0
    commands: Mapping[str, tuple[float, float]] = field(default_factory=lambda: _COMMANDS)

    def before_commands(self, *, installs: bool, runs: bool) -> float:
        """Seconds until the commands of a job begin."""
        if installs:
            return self.check_out + self.install
        return self.check_out + self.restore if runs else self.plain

    def of_command(self, name: str, pairs: int) -> float:
        """Seconds of a command that finds nothing to do."""
        alone, for_each_pair = self.commands.get(name, _UNMEASURED)
        return alone + for_each_pair * pairs

    def of_requests(self, counts: tuple[int, int]) -> float:
        """Seconds of a number of requests that read, and one of those that write."""
        reads, writes = counts
        return reads * self.read + writes * self.write
