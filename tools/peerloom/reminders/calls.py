"""A call for help as coordinators read it, in the issues that nobody else reads."""

import hashlib
import re
from dataclasses import dataclass

from peerloom.model import Settings
from peerloom.progress.calls import Ask, Call
from peerloom.records import Program
from peerloom.text.dates import full_date
from peerloom.text.escaping.github import disarm_text, escape_comment, format_code_block
from peerloom.text.names import people_names, person_name
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_WORDS: dict[Ask, str] = {
    "help": mark("{name} asks for your help"),
    "danger": mark("{name} writes words that may speak of danger"),
    "fit": mark("{name} says that the match does not fit"),
    "apart": mark("{name} no longer wants to be matched with the other of the pair"),
}
_NEXT = mark(
    "Get in touch with them alone, today if you can, and say nothing of it to the other of the "
    "pair. Nobody but coordinators was told."
)
_MARK = re.compile(r"<!-- peerloom call ([0-9a-f]{24}) ([0-9a-f]{24}) -->")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What coordinators are told of a call: `about` is the same for each version of a record."""

    about: str
    version: str
    title: str
    text: str

    @property
    def body(self) -> str:
        """The body of its issue, by whose first line it is found again."""
        return f"<!-- peerloom call {self.about} {self.version} -->\n{self.text}"


def told_of(body: str) -> tuple[str, str] | None:
    """What an issue tells of, and which version of it; nothing where it tells of no call."""
    found = _MARK.match(body)
    return (found[1], found[2]) if found else None


def told_in(settings: Settings) -> str | None:
    """The repository in which only coordinators read; never the program's own."""
    where = settings.coordinators_repository
    return where if where and where.casefold() != settings.repository.casefold() else None


def telling(call: Call, program: Program) -> Telling:
    """What to tell coordinators of a call."""
    who = person_name(program.participants, call.participant)
    pair = program.pairs.get((call.cohort, call.pair))
    two = people_names(program.participants, pair.people) if pair else call.pair
    said = join_words(_(_WORDS[ask]).format(name=escape_comment(who)) for ask in call.asks)
    about = _("Pair: {pair} ({cohort})").format(
        pair=escape_comment(two), cohort=escape_comment(call.cohort)
    )
    title = _("{name} needs a coordinator: {pair}").format(name=who, pair=two)
    if call.due:
        day = full_date(call.due)
        about = _("{pair}, check-in of {date}").format(pair=about, date=day)
        title = _("{pair}, check-in of {date}").format(pair=title, date=day)
    lines = [f"**{said}.**", "", about]
    if call.note:
        lines += ["", format_code_block(tuple(call.note.splitlines()))]
    lines += ["", _(_NEXT)]
    text = "\n".join(lines) + "\n"
    return Telling(
        about=_digest(call.path, call.cohort, call.pair),
        version=_digest(*call.asks, call.note),
        title=disarm_text(title)[:200],
        text=text,
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:24]
