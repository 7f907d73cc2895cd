"""GitHub read and written; the only code that reaches the network."""

from peerloom.github.carrying import Carried, Places, carry_out
from peerloom.github.connection import CannotReach, Connection, Unreached, connection
from peerloom.github.reminding import remind

__all__ = [
    "CannotReach",
    "Carried",
    "Connection",
    "Places",
    "Unreached",
    "carry_out",
    "connection",
    "remind",
]
