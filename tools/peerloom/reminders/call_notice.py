"""Notices of calls for help, for issues in the repository that only coordinators read."""

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

_ASKS_IN_WORDS: dict[Ask, str] = {
    "help": mark("{name} asks for your help"),
    "danger": mark("{name} writes words that may speak of danger"),
    "fit": mark("{name} says that the match does not fit"),
    "apart": mark("{name} no longer wants to be matched with the other person of the pair"),
}
_NEXT_STEP = mark(
    "Get in touch with them alone, today if you can, and do not mention it to the other person "
    "of the pair. Nobody but coordinators was told."
)
_MARK = re.compile(r"<!-- peerloom call ([0-9a-f]{24}) ([0-9a-f]{24}) -->")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNotice:
    """What coordinators are told about a call for help.

    `about` is a digest of the record and pair, and so the same for each version of a check-in;
    `version` is a digest of what the call says.
    """

    about: str
    version: str
    title: str
    text: str

    @property
    def body(self) -> str:
        """The body of the notice's issue, with the mark by which it is found again."""
        return f"<!-- peerloom call {self.about} {self.version} -->\n{self.text}"


def read_call_mark(body: str) -> tuple[str, str] | None:
    """Return `about` and `version` of the notice in an issue's body, if there is one."""
    found = _MARK.match(body)
    return (found[1], found[2]) if found else None


def coordinators_repository(settings: Settings) -> str | None:
    """Return the repository that only coordinators read; it is never the program's own."""
    private = settings.coordinators_repository
    is_apart = private and private.casefold() != settings.repository.casefold()
    return private if is_apart else None


def call_notice(call: Call, program: Program) -> CallNotice:
    """Return what to tell coordinators about a call."""
    who = person_name(program.participants, call.participant)
    pair = program.find_pair(call.cohort, call.pair)
    two = people_names(program.participants, pair.people) if pair else call.pair
    said = join_words(_(_ASKS_IN_WORDS[ask]).format(name=escape_comment(who)) for ask in call.asks)
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
    lines += ["", _(_NEXT_STEP)]
    text = "\n".join(lines) + "\n"
    return CallNotice(
        about=_short_digest(call.path, call.cohort, call.pair),
        version=_short_digest(*call.asks, call.note),
        title=disarm_text(title)[:200],
        text=text,
    )


def _short_digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:24]
