"""`peerloom` in the tests' own process, for tests that are not about starting one."""

import contextlib
from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from peerloom.cli.command import peerloom


def run_peerloom(*arguments: str, at: Path | None = None) -> CompletedProcess[str]:
    """What a command in a folder ended with and printed, as a process of its own would have."""
    with contextlib.chdir(at or Path()):
        result = CliRunner().invoke(peerloom, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)
