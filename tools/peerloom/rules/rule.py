"""Rules across records, and what they find: records and keys, not yet lines and columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from peerloom.diagnostic import Severity
from peerloom.model import Audience, Record
from peerloom.records import Program
from peerloom.source import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A broken rule: `message` says what must hold, `help` what to do.

    `where` is a record or, for a file that holds no record, its path. `keys` lead to the value
    in the record, or to the key itself if `on_key`. `text_at` is a line and column, both from 1,
    in the text below a front matter. Everybody who may see the value at `keys` may read the
    finding; a rule whose message quotes other fields has an `audience` of its own.
    """

    where: Record | str
    keys: Keys = ()
    message: str
    help: str = ""
    on_key: bool = False
    text_at: tuple[int, int] | None = None


Check = Callable[[Program, date], Iterator[Finding]]
SiteCheck = Callable[[Program, date, Audience], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named check over a whole program on a day. The check's docstring states the rule.

    `audience` is who may read the findings, if these quote other fields than the one that they
    point to. A finding that `is_secret` is kept from everybody else altogether, because that it
    exists already tells what it says. The check of a rule that `is_about_site` takes the
    audience of a site besides.
    """

    check: Check | SiteCheck
    severity: Severity = "error"
    audience: Audience = "public"
    is_secret: bool = False
    is_about_site: bool = False

    def find_violations(
        self, program: Program, today: date, site_audience: Audience
    ) -> Iterator[Finding]:
        """Yield everything that breaks the rule on a day, or in the site for an audience."""
        if self.is_about_site:
            return cast("SiteCheck", self.check)(program, today, site_audience)
        return cast("Check", self.check)(program, today)

    @property
    def id(self) -> str:
        """The rule's id as diagnostics print it, such as `named-people-exist`."""
        return self.check.__name__.replace("_", "-")

    @property
    def sentence(self) -> str:
        """The rule in words, on one line."""
        return " ".join((self.check.__doc__ or "").split())
