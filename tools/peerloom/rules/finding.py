"""What a rule says about a record, before anybody knows its line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from peerloom.diagnostic import Severity
from peerloom.model import Audience
from peerloom.records import Program, Record
from peerloom.source import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A broken rule: `message` says what must hold, `help` what to do.

    `keys` lead to the value in the record, or to its key where `on_key`. Text that follows
    a front matter is meant by `text_at`, its line and column there, from 1. `where` is a
    record or, for a file that is none, its path. What the finding says may be read by whoever may
    see the value at `keys`; where it speaks of more than that, its rule says for whom it is.
    """

    where: Record | str
    keys: Keys = ()
    message: str
    help: str = ""
    on_key: bool = False
    text_at: tuple[int, int] | None = None


Check = Callable[[Program, date], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named check over a whole program on a day. The check's docstring is the rule.

    `audience` is who may read what it finds, where it speaks of other fields than the one it
    points to. Where it `is_secret`, that it finds anything there tells what it is.
    """

    check: Check
    severity: Severity = "error"
    audience: Audience = "public"
    is_secret: bool = False

    @property
    def id(self) -> str:
        """The rule's name as diagnostics print it."""
        return self.check.__name__.replace("_", "-")

    @property
    def sentence(self) -> str:
        """What must hold."""
        return " ".join((self.check.__doc__ or "").split())
