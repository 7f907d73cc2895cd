"""Calls for help: what a coordinator must hear on the same day, and nobody else may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from peerloom.kinds import record_path
from peerloom.model import CheckIn
from peerloom.progress.words_of_danger import speaks_of_danger
from peerloom.records import Program
from peerloom.schedule import STATUSES_TAKING_TIME

Ask = Literal["help", "danger", "fit", "apart"]

# How long a call is still shown after a newer check-in: until then it may not have been read.
LISTEN_FOR = timedelta(days=14)
_TEXTS = ("support_note", "challenges", "next_steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What somebody asks of the coordinators in the record at a path.

    `cohort` and `pair` name what it is about. `note` is what they wrote to coordinators alone.
    """

    path: str
    participant: str
    cohort: str
    pair: str
    due: date | None
    asks: tuple[Ask, ...]
    note: str = ""


def list_asks(values: Mapping[str, Any]) -> tuple[Ask, ...]:
    """What a check-in asks of coordinators, from its values by key, which may be of any type.

    `danger` is found by words of a few languages: it finds some of what people write, not all.
    """
    texts = _list_texts(values)
    holds: dict[Ask, bool] = {
        "help": values.get("support_wanted") not in (None, False)
        or bool(values.get("support_note")),
        "danger": any(map(speaks_of_danger, texts)),
        "fit": values.get("fit") == "not_good",
    }
    return tuple(ask for ask, is_asked in holds.items() if is_asked)


def find_words_of_danger(check_in: CheckIn) -> str:
    """The first text of a check-in that may speak of danger; empty if none does."""
    texts = _list_texts(_read_values(check_in))
    return next((text for text in texts if speaks_of_danger(text)), "")


def _list_texts(values: Mapping[str, Any]) -> list[str]:
    texts = [text for key in _TEXTS if isinstance(text := values.get(key), str)]
    goals = values.get("goals")
    for progress in goals if isinstance(goals, list | tuple) else ():
        note = progress.get("note") if isinstance(progress, dict) else None
        texts += [note] if isinstance(note, str) else []
    answers = values.get("answers")
    own = answers.values() if isinstance(answers, dict) else ()
    return [*texts, *(text for text in own if isinstance(text, str))]


def is_read_before_it_merges(values: Mapping[str, Any]) -> bool:
    """Whether a coordinator should read a check-in before it is merged.

    A call is one of many ordinary reasons, so nobody can tell from the wait that it is one.
    Ratings are none, or the other of the pair could tell from the wait that one is low.
    """
    is_doubted = values.get("fit") not in (None, "good")
    is_hindered = bool(values.get("challenges")) or bool(values.get("obstacles"))
    return bool(list_asks(values)) or is_doubted or is_hindered


def list_check_in_asks(check_in: CheckIn) -> tuple[Ask, ...]:
    """What a check-in asks of coordinators."""
    return list_asks(_read_values(check_in))


def _read_values(check_in: CheckIn) -> dict[str, Any]:
    values = {key: getattr(check_in, key) for key in ("support_wanted", "fit", "answers", *_TEXTS)}
    return {**values, "goals": [{"note": progress.note} for progress in check_in.goals]}


def read_call(at: str, values: Mapping[str, Any], about: CheckIn) -> Call | None:
    """The call in a check-in's values, or None where it asks for nothing.

    `at` is the path of the check-in, and `about` names its pair, person and due date.
    """
    asks = list_asks(values)
    if not asks:
        return None
    texts = (values.get(key) for key in ("support_note", "challenges"))
    return Call(
        path=at,
        participant=about.participant,
        cohort=about.cohort,
        pair=about.pair,
        due=about.due,
        asks=asks,
        note="\n".join(text for text in texts if isinstance(text, str)),
    )


def find_recent_calls(program: Program, today: date) -> Iterator[Call]:
    """The calls in check-ins of the last two weeks, and of people who excluded their partner."""
    for check_in in program.check_ins:
        call = read_call(record_path(check_in), _read_values(check_in), check_in)
        if call and timedelta(0) <= today - program.counts_from(check_in) <= LISTEN_FOR:
            yield call
    for id_ in program.participants:
        yield from find_calls_to_part(program, id_)


def find_calls_to_part(program: Program, participant: str) -> Iterator[Call]:
    """A call for each open pair of a participant who excluded the other of the two."""
    person = program.participants.get(participant)
    for pair in program.pairs_with(participant) if person and person.excluded else ():
        if person and pair.status in STATUSES_TAKING_TIME and {*person.excluded} & {*pair.people}:
            yield Call(
                path=record_path(person),
                participant=participant,
                cohort=pair.cohort,
                pair=pair.id,
                due=None,
                asks=("apart",),
            )
