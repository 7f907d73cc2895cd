"""The command `peerloom`: parses arguments and prints; each command imports what it needs."""

from peerloom.cli.command import main

__all__ = ["main"]
