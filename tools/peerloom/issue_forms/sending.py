"""What somebody sent by a form to the record that it makes, or to what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from peerloom import records, schema, source
from peerloom.audience import includes, readers
from peerloom.changes import Changes
from peerloom.issue_forms import check_ins, sign_ups
from peerloom.issue_forms.answers import Answers, CannotRead, Kind, answers, questions
from peerloom.issue_forms.record import Read, Sender, Told, Wrong
from peerloom.program.reading import flaw_audience
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An issue as far as it is somebody's answers. `on` is the day on which it came in."""

    kind: Kind
    body: str
    on: date
    sender: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The text of the record by its path, what is wrong, and what is good to know.

    Where something is wrong, nothing is changed. Where nothing changes either, the record is there
    as it was sent.
    """

    kind: Kind
    changes: Changes = field(default_factory=dict)
    wrongs: tuple[Wrong, ...] = ()
    remarks: tuple[Wrong, ...] = ()


def taken(sent: Sent, program: Program, read: Read) -> Taken:
    """What a form's answers make of a record; `read` gives the text of a file that is there."""
    asked = questions(sent.kind, program)
    labels = {question.id: question.label for question in asked}
    try:
        given = answers(sent.body, asked)
    except CannotRead as reason:
        return Taken(kind=sent.kind, wrongs=(Wrong("", str(reason)),))
    told = Told(labels)
    for question in asked:
        if question.is_required and not given[question.id]:
            told.wrong(question.id, "this must be answered")
    text = None if told.wrongs else _text(sent, given, program, read, told)
    if text is None or told.wrongs:
        return Taken(kind=sent.kind, wrongs=tuple(told.wrongs), remarks=tuple(told.remarks))
    path = _path(sent.kind, text)
    assert path is not None
    changes = {} if read(path) == text else {path: text}
    return Taken(kind=sent.kind, changes=changes, remarks=tuple(told.remarks))


def _text(sent: Sent, given: Answers, program: Program, read: Read, told: Told) -> str | None:
    make = check_ins.text if sent.kind == "check-in" else sign_ups.text
    text = make(given, sent.sender, sent.on, program, read, told)
    if text is None:
        return None
    kind = _RECORDS[sent.kind]
    parsed = source.parse(text.encode())
    # The record may hold from before what not everybody who reads the issue may see.
    who = readers(program)
    for flaw in parsed.flaws:
        may = includes(who, flaw_audience(kind, flaw.rule))
        said = (flaw.message, flaw.help) if may else (source.RULES[flaw.rule], "")
        told.wrong("", *said)
    if not parsed.flaws:
        for problem in schema.problems(kind, parsed.value):
            may = includes(who, problem.audience)
            said = (problem.message, problem.help) if may else (problem.outline, "")
            told.wrong(_asked_by(problem.keys), *said)
    return text


_RECORDS = {"check-in": "check-in", "sign-up": "participant"}
_ASKED_BY = {
    "also_offers": "skills_offered_more",
    "also_wants": "skills_wanted_more",
    "goals": "goal",
    "consent": "show",
    "cohorts": "cohort",
    "due": "which",
    "cohort": "which",
    "pair": "which",
}


def _asked_by(keys: source.Keys) -> str:
    key = str(keys[0]) if keys else ""
    return _ASKED_BY.get(key, key)


def _path(kind: Kind, text: str) -> str | None:
    value = source.parse(text.encode()).value
    return records.path(records.of_kind(_RECORDS[kind], value))
