"""References: every record that another one names exists."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.kinds import KIND_BY_NAME, record_path
from peerloom.model import (
    CheckIn,
    Circle,
    Cohort,
    Event,
    FollowUp,
    Pair,
    Participant,
    PublishedFigures,
    Record,
    Resource,
    Response,
    TrainingModule,
)
from peerloom.records import Program
from peerloom.rules.messages import say_missing, suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.phrases import list_words

_Named = Iterator[tuple[Keys, str]]


def named_people_exist(program: Program, _: date) -> Iterator[Finding]:
    """Every participant that a record names has a file in content/participants."""
    yield from _find_missing_records(program, _named_people, "participant")


def named_cohorts_exist(program: Program, _: date) -> Iterator[Finding]:
    """Every cohort that a record names has a file in content/cohorts."""
    yield from _find_missing_records(program, _named_cohorts, "cohort")


def named_surveys_exist(program: Program, _: date) -> Iterator[Finding]:
    """Every survey that a cohort or a response names has a file in content/surveys."""
    yield from _find_missing_records(program, _named_surveys, "survey")


def named_training_exists(program: Program, _: date) -> Iterator[Finding]:
    """Every training module that a cohort or a participant names has a file in content/training."""
    yield from _find_missing_records(program, _named_modules, "training", "module")


def named_resources_exist(program: Program, _: date) -> Iterator[Finding]:
    """Every resource that an event or a module names has a file in content/resources."""
    yield from _find_missing_records(program, _named_resources, "resource")


def named_pairs_exist(program: Program, _: date) -> Iterator[Finding]:
    """The pair that a check-in or a follow-up is for has a file in content/pairs."""
    records: tuple[CheckIn | FollowUp, ...] = (*program.check_ins, *program.follow_ups.values())
    for record in records:
        key = (record.cohort, record.pair)
        path = KIND_BY_NAME["pair"].path_for(*key)
        if key not in program.pairs and not program.exists(path):
            help_ = _help_to_missing_pair(program, record)
            message = say_missing("pair", record.pair, path.rpartition("/")[0])
            yield Finding(where=record, keys=("pair",), message=message, help=help_)


def _help_to_missing_pair(program: Program, record: CheckIn | FollowUp) -> str:
    renamed = program.find_pair(record.cohort, record.pair)
    if renamed is not None:
        new = record_path(replace(record, pair=renamed.id))
        return f"the pair is called {quoted(renamed.id)} now: write that, and move this to {new}"
    known = [pair.id for pair in program.pairs_of(record.cohort)]
    path = KIND_BY_NAME["pair"].path_for(record.cohort, record.pair)
    return suggest_nearest(record.pair, known, f"the pair's file would be {path}")


def named_guides_exist(program: Program, _: date) -> Iterator[Finding]:
    """The guide that a circle names is a page in content/pages."""
    for circle in program.circles.values():
        guide = (circle.guide or "").partition("#")[0]
        pages = KIND_BY_NAME["page"]
        if guide and not program.exists(pages.path_for(guide)):
            message = say_missing("guide", guide, pages.folder)
            help_ = suggest_nearest(guide, program.pages, "write the page, or leave 'guide' out")
            yield Finding(where=circle, keys=("guide",), message=message, help=help_)


def _find_missing_records(
    program: Program,
    named: Callable[[Record], _Named],
    kind_name: str,
    word: str = "",
) -> Iterator[Finding]:
    """Yield a finding for each reference to a record of a kind that does not exist.

    `named` yields the ids that a record names, each with its keys. `word` is what messages call
    a record of the kind, if that is not the kind's name.
    """
    kind = KIND_BY_NAME[kind_name]
    known: Collection[str] = getattr(program, kind.collection)
    helps: dict[str, str] = {}
    for record in program.records():
        for keys, id_ in named(record):
            if id_ not in known and not program.exists(kind.path_for(id_)):
                if id_ not in helps:
                    otherwise = f"add {kind.path_for(id_)}, or take the name out"
                    helps[id_] = suggest_nearest(id_, known, otherwise)
                message = say_missing(word or kind.name, id_, kind.folder)
                yield Finding(where=record, keys=keys, message=message, help=helps[id_])


def _index_ids(key: str, ids: Iterable[str], *above: str | int) -> _Named:
    for index, id_ in enumerate(ids):
        yield (*above, key, index), id_


def _optional_id(keys: Keys, id_: str | None) -> _Named:
    if id_:
        yield keys, id_


def _named_people(record: Record) -> _Named:
    match record:
        case CheckIn():
            yield ("participant",), record.participant
        case FollowUp():
            for index, entry in enumerate(record.entries):
                yield from _optional_id(("entries", index, "participant"), entry.participant)
        case Pair():
            yield from _named_people_of_pair(record)
        case Circle():
            yield from _named_people_of_circle(record)
        case Participant():
            yield from _index_ids("preferred", record.preferred)
            yield from _index_ids("excluded", record.excluded)
        case Cohort():
            yield from _named_people_of_matching(record)
        case Event():
            yield from _index_ids("hosts", record.hosts)
            yield from _index_ids("attended", record.attended)
        case Resource():
            yield from _optional_id(("suggested_by",), record.suggested_by)
        case _:
            pass


def _named_people_of_pair(pair: Pair) -> _Named:
    yield from _optional_id(("mentor",), pair.mentor)
    yield from _optional_id(("mentee",), pair.mentee)
    yield from _index_ids("peers", pair.peers)
    for index, former in enumerate(pair.former):
        yield from _index_ids("people", former.people, "former", index)


def _named_people_of_circle(circle: Circle) -> _Named:
    yield from _index_ids("facilitators", circle.facilitators)
    yield from _index_ids("members", circle.members)
    for index, stay in enumerate(circle.stays):
        yield ("stays", index, "participant"), stay.participant
    for index, meeting in enumerate(circle.meetings):
        yield from _index_ids("attended", meeting.attended, "meetings", index)
        yield from _optional_id(("meetings", index, "case_by"), meeting.case_by)


def _named_people_of_matching(cohort: Cohort) -> _Named:
    for index, pin in enumerate(cohort.matching.pins):
        yield ("matching", "pins", index, "mentor"), pin.mentor
        yield ("matching", "pins", index, "mentee"), pin.mentee
    for index, two in enumerate(cohort.matching.forbids):
        for place, id_ in enumerate(two):
            yield ("matching", "forbids", index, place), id_


def _named_cohorts(record: Record) -> _Named:
    match record:
        case Participant():
            for index, membership in enumerate(record.cohorts):
                yield ("cohorts", index, "cohort"), membership.cohort
            for index, goal in enumerate(record.goals):
                if goal.cohort:
                    yield ("goals", index, "cohort"), goal.cohort
        case Pair() | Circle() | CheckIn() | FollowUp() | Response() | PublishedFigures():
            yield ("cohort",), record.cohort
        case Event():
            yield from _index_ids("cohorts", record.cohorts)
        case _:
            pass


def _named_surveys(record: Record) -> _Named:
    if isinstance(record, Cohort):
        yield from _index_ids("surveys", record.surveys)
    elif isinstance(record, Response):
        yield ("survey",), record.survey


def _named_modules(record: Record) -> _Named:
    if isinstance(record, Cohort):
        yield from _index_ids("training", record.training)
    elif isinstance(record, Participant):
        for index, completion in enumerate(record.training):
            yield ("training", index, "module"), completion.module


def _named_resources(record: Record) -> _Named:
    if isinstance(record, Event | TrainingModule):
        yield from _index_ids("resources", record.resources)


def goals_mentioned_exist(program: Program, _: date) -> Iterator[Finding]:
    """A check-in mentions only goals that its pair has."""
    for answer in program.check_ins:
        pair = program.pairs.get((answer.cohort, answer.pair))
        if pair is None:
            continue
        known = [goal.id for goal in pair.goals]
        for index, progress in enumerate(answer.goals):
            if progress.goal not in known:
                message = f"goal {quoted(progress.goal)} must be one of pair {quoted(pair.id)}"
                otherwise = f"its goals are: {list_words(known) or 'none yet'}"
                help_ = suggest_nearest(progress.goal, known, otherwise)
                keys = ("goals", index, "goal")
                yield Finding(where=answer, keys=keys, message=message, help=help_)
