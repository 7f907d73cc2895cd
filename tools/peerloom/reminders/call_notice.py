"""Notices of calls for help, for issues in the repository that only coordinators read."""

import hashlib
import re
from dataclasses import dataclass

from peerloom.model import Settings
from peerloom.progress.calls import Ask, Call
from peerloom.quoting import block, inert, quoted
from peerloom.records import Program

_ASKS_IN_WORDS: dict[Ask, str] = {
    "help": "asks for your help",
    "danger": "writes words that may speak of danger",
    "fit": "says that the match does not fit",
    "apart": "no longer wants to be matched with the other person of the pair",
}
_NEXT_STEP = (
    "Get in touch with them alone, today if you can, and do not mention it to the other person of "
    "the pair. Nobody but coordinators was told."
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
    who = _name_of(program, call.participant)
    pair = program.pairs.get((call.cohort, call.pair))
    names = " and ".join(_name_of(program, id_) for id_ in pair.people) if pair else call.pair
    when = f", check-in of {call.due.isoformat()}" if call.due else ""
    asks = ", and ".join(_ASKS_IN_WORDS[ask] for ask in call.asks)
    lines = [
        f"**{quoted(who)} {asks}.**",
        "",
        f"Pair: {quoted(names)} ({quoted(call.cohort)}){when}",
    ]
    if call.note:
        lines += ["", block(tuple(call.note.splitlines()))]
    lines += ["", _NEXT_STEP]
    text = "\n".join(lines) + "\n"
    return CallNotice(
        about=_short_digest(call.path, call.cohort, call.pair),
        version=_short_digest(*call.asks, call.note),
        title=inert(f"{who} needs a coordinator: {names}{when}")[:200],
        text=text,
    )


def _name_of(program: Program, participant: str) -> str:
    person = program.participants.get(participant)
    return person.name if person else participant


def _short_digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:24]
