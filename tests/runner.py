"""What GitHub's runner does on reading a log, as its source has it (ActionCommand.cs)."""

import re

# The commands that the runner of 2026 knows, old and new.
KNOWN = frozenset(
    ("add-mask add-matcher remove-matcher add-path set-env set-output save-state echo group ")
    .strip()
    .split(" ")
) | {"endgroup", "debug", "notice", "warning", "error", "internal-set-repo-path", "stop-commands"}
# .NET reads lines by these, and trims these and more from their start.
_LINE_END = re.compile("\r\n|\r|\n")
_NEW = re.compile(r"::([^\s:]+?)(?: .*?)?::", re.DOTALL)
_OLD = re.compile(r"##\[([^\s\]]+?)(?: [^\]]*)?\]")


def commands(log: str) -> list[str]:
    """The lines of a log that the runner carries out, or could: known to it or not."""
    return [line for line in _LINE_END.split(log) if _is_command(line)]


def _is_command(line: str) -> bool:
    return line.lstrip().startswith("::") or "##[" in line


def carried_out(log: str) -> list[str]:
    """The names of the commands that a log has."""
    found = []
    for line in commands(log):
        new = _NEW.match(line.lstrip())
        old = None if new and new[1].lower() in KNOWN else _OLD.search(line)
        match = old or new
        if match and match[1].lower() in KNOWN:
            found.append(match[1].lower())
    return found
