"""Who reads what a program keeps about people: from the schemas, and true for its settings."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerloom import schema
from peerloom.issue_forms.question import may_ask
from peerloom.issue_forms.sign_up_questions import sign_up_candidates
from peerloom.kinds import KINDS, Kind
from peerloom.model import AUDIENCES, Audience
from peerloom.program_questions import questions_about
from peerloom.records import Program
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Of these, an audience below coordinators gets no record at all, whatever their fields are.
KINDS_FOR_COORDINATORS = frozenset({"follow-up", "response", "reading"})
# These are shown to whom the people in them chose.
_KINDS_WITH_CONSENT = frozenset({"participant", "pair", "check-in"})
# These say nothing about people; in a cohort only what coordinators alone read does.
_KINDS_WITHOUT_PEOPLE = frozenset({"program", "survey", "training", "page"})
_KINDS_OF_PLANS = frozenset({"cohort"})

_READERS: dict[Audience, str] = {
    "public": mark("everybody"),
    "members": mark("members and coordinators"),
    "coordinators": mark("coordinators alone"),
}
_READERS_WITH_CONSENT: dict[Audience, str] = {
    "public": mark("everybody, members or coordinators, as you choose"),
    "members": mark("members, unless you choose coordinators alone"),
    "coordinators": mark("coordinators alone"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptValue:
    """Something that the program keeps about people, in a sentence, and who reads it."""

    what: str
    readers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKind:
    """A kind of record about people, with all that the program keeps in it, by who reads it."""

    name: str
    description: str
    values: dict[str, tuple[str, ...]]


def list_kept_kinds(program: Program) -> Iterator[KeptKind]:
    """Every kind of record about people, as far as the program's repository may hold it."""
    for kind in KINDS:
        kept = [] if kind.name in _KINDS_WITHOUT_PEOPLE else list(_list_kept(program, kind))
        if kept:
            values = {
                _name_readers(program, kind.name, each): tuple(w for a, w in kept if a == each)
                for each in AUDIENCES
                if any(audience == each for audience, _what in kept)
            }
            description = schema.load_schema(kind.name)["description"]
            yield KeptKind(name=kind.name, description=description, values=values)


def list_sign_up_readers(program: Program) -> Iterator[KeptValue]:
    """Each question of the sign-up, and who will read its answer."""
    asked: dict[str, Audience] = {
        question.label: schema.audience_of_field("participant", (key,))
        for key, question in sign_up_candidates(program)
        if key != "consent" and may_ask(program, "participant", key)
    }
    for own in questions_about(program.settings.questions, "participant"):
        if own.asked and _may_hold(program, own.audience):
            asked[own.label] = own.audience
    for label, audience in asked.items():
        yield KeptValue(what=label, readers=_name_readers(program, "participant", audience))


def _list_kept(program: Program, kind: Kind) -> Iterator[tuple[Audience, str]]:
    """What a kind of record holds, each with who reads it: the schema's fields, own questions."""
    audiences = {field.path: field.audience for field in schema.list_fields(kind.name)}
    for field in schema.list_fields(kind.name):
        audience = _audience_in_kind(kind, field.audience)
        is_said_above = len(field.path) > 1 and audiences[field.path[:-1]] == field.audience
        is_plan = kind.name in _KINDS_OF_PLANS and audience == "public"
        is_about_questions = field.path == ("answers",) and kind.name not in KINDS_FOR_COORDINATORS
        if not (is_said_above or is_plan or is_about_questions) and _may_hold(program, audience):
            yield audience, field.description
    for question in questions_about(program.settings.questions, kind.name):
        if _may_hold(program, question.audience):
            yield question.audience, question.label


def _audience_in_kind(kind: Kind, audience: Audience) -> Audience:
    return "coordinators" if kind.name in KINDS_FOR_COORDINATORS else audience


def _may_hold(program: Program, audience: Audience) -> bool:
    """Whether the repository may hold it: a public one has only what everybody may read."""
    return audience == "public" or program.settings.visibility == "private"


def _name_readers(program: Program, kind: str, audience: Audience) -> str:
    """Who reads a value, in words; in a public repository everybody can, whatever they chose."""
    if program.settings.visibility == "private" and kind in _KINDS_WITH_CONSENT:
        return _(_READERS_WITH_CONSENT[audience])
    return _(_READERS[audience])
