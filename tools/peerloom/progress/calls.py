"""Calls for help: what a coordinator must hear on the same day, and nobody else."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from peerloom.model import CheckIn
from peerloom.records import Program, path
from peerloom.schedule import TAKES_TIME

Ask = Literal["help", "danger", "fit", "apart"]

# How long after it was answered a call is still looked for where it may not have been heard.
HEARD_FOR = timedelta(days=14)
_LOW = 2
_DANGER = re.compile(
    r"\b(?:threat|harass|assault|stalk|unsafe|intimidat|bully|bullied|blackmail|violen"
    r"|bedroh|belästig|gewalt|mobb|amenaz|acos|violenc|menac|harc[eè]l|ameaç|assédi|minacc|molest"
    # To be hurt, or to mean to hurt oneself.
    r"|abus|rap(?:e|ed|ing|ist)\b|grop(?:e|ed|ing)\b|(?:hit|hurt|touch|grab|beat)\w* me\b"
    r"|suici|sui[zc]id|self[- ]?harm|kill\w* (?:my|him|her|them)sel|hurt\w* myself|end my life"
    r"|missbrauch|vergewaltig|selbstmord|schlägt mich|umbringen|estupr|stupr|violación|violaç"
    # To be afraid.
    r"|afraid|scared|frighten|terrif|not (?:\w+ )?safe|angst\b|miedo|medo\b|peur\b|paura"
    # To be put down for what one is.
    r"|sexual|sexis|racis|rassis|discriminat|diskriminier|humiliat)",
    re.IGNORECASE,
)
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


def asks(said: Mapping[str, Any]) -> tuple[Ask, ...]:
    """What a check-in asks of coordinators; its values need not be of the right type.

    `danger` is found by words of a few languages: it finds some of what people write, not all.
    """
    texts = [text for key in _TEXTS if isinstance(text := said.get(key), str)]
    goals = said.get("goals")
    for progress in goals if isinstance(goals, list | tuple) else ():
        note = progress.get("note") if isinstance(progress, dict) else None
        texts += [note] if isinstance(note, str) else []
    found: dict[Ask, bool] = {
        "help": said.get("support_wanted") not in (None, False) or bool(said.get("support_note")),
        "danger": any(map(speaks_of_danger, texts)),
        "fit": said.get("fit") == "not_good",
    }
    return tuple(ask for ask, holds in found.items() if holds)


def speaks_of_danger(text: str) -> bool:
    """Whether a text has words in which people tell of danger."""
    # Accents may be stored apart from their letters.
    return _DANGER.search(unicodedata.normalize("NFC", text)) is not None


def is_read_before_it_merges(said: Mapping[str, Any]) -> bool:
    """Whether a check-in says anything that a coordinator should read before all is called well.

    Calls are among many ordinary reasons: that a check-in waits for a person tells nobody why.
    """
    ratings = said.get("ratings")
    numbers = ratings.values() if isinstance(ratings, dict) else ()
    is_low = any(isinstance(number, int) and number <= _LOW for number in numbers)
    is_doubted = said.get("fit") not in (None, "good")
    is_hindered = bool(said.get("challenges")) or bool(said.get("obstacles"))
    return bool(asks(said)) or is_low or is_doubted or is_hindered


def asks_of(check_in: CheckIn) -> tuple[Ask, ...]:
    """What a check-in asks of coordinators."""
    return asks(_said(check_in))


def _said(check_in: CheckIn) -> dict[str, Any]:
    said = {key: getattr(check_in, key) for key in ("support_wanted", "fit", *_TEXTS)}
    return {**said, "goals": [{"note": progress.note} for progress in check_in.goals]}


def call_in(at: str, said: Mapping[str, Any], about: CheckIn) -> Call | None:
    """The same of a check-in as it was read, for the pair, person and date that `about` names."""
    found = asks(said)
    if not found:
        return None
    texts = (said.get(key) for key in ("support_note", "challenges"))
    return Call(
        path=at,
        participant=about.participant,
        cohort=about.cohort,
        pair=about.pair,
        due=about.due,
        asks=found,
        note="\n".join(text for text in texts if isinstance(text, str)),
    )


def recent_calls(program: Program, today: date) -> Iterator[Call]:
    """The calls of check-ins of the last two weeks, and of people who ask to be parted."""
    for check_in in program.check_ins:
        call = call_in(path(check_in), _said(check_in), check_in)
        if call and timedelta(0) <= today - program.counts_from(check_in) <= HEARD_FOR:
            yield call
    for id_ in program.participants:
        yield from calls_to_part(program, id_)


def calls_to_part(program: Program, participant: str) -> Iterator[Call]:
    """The pairs at work or proposed whose other one a participant excluded."""
    person = program.participants.get(participant)
    for pair in program.pairs_with(participant) if person and person.excluded else ():
        if person and pair.status in TAKES_TIME and {*person.excluded} & {*pair.people}:
            yield Call(
                path=path(person),
                participant=participant,
                cohort=pair.cohort,
                pair=pair.id,
                due=None,
                asks=("apart",),
            )
