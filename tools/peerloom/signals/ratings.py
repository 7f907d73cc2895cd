"""Ratings that are low, that fell, or that differ between the two."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from peerloom.model import CheckIn, PutAside
from peerloom.signals.putting_aside import covers, list_put_aside
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_Kind = Literal["useful", "relationship"]
_KINDS: tuple[_Kind, ...] = ("useful", "relationship")

_LOW = Stage(
    urgency=2,
    threshold=mark(
        "{low} of 5 or less, or {fall} points less than the time before, until you put it aside"
    ),
    next_step=mark("call them within three days; do not mention it to the other"),
)
_MIDDLING = Stage(
    urgency=1,
    threshold=mark("{middling} of 5, when the time before was none"),
    next_step=mark("look again after the next check-in"),
)
_DIVERGING = Stage(
    urgency=2,
    threshold=mark("{points} points or more, for the last {times} dates that both rated"),
    next_step=mark("talk with each alone, and do not repeat what the other said"),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Fall:
    """A rating, and the one of the same kind from which it fell."""

    rating: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    """A check-in with the lower of its ratings, and the fall to the lower rating, if one fell."""

    check_in: CheckIn
    lowest: int
    fall: _Fall | None


def find_low_rating(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Somebody's rating, of the check-in's use or of getting on, is low or fell.

    It stays so until a coordinator puts it aside, and comes back when it gets worse.
    """
    for participant in subject.history.pair.people:
        rated = _list_rated(subject, participant, limits)
        low = _list_low(subject, rated, list_put_aside(subject, "rating", participant), limits)
        if low:
            yield Observation(
                stage=_LOW,
                since=low[0].check_in.due,
                said_on=subject.history.day_known(low[-1].check_in),
                why=_describe_rating(subject, participant, low[-1]),
                people=(participant,),
            )
        elif rated and _is_newly_middling(rated, limits):
            yield Observation(
                stage=_MIDDLING,
                since=rated[-1].check_in.due,
                said_on=subject.history.day_known(rated[-1].check_in),
                why=_describe_rating(subject, participant, rated[-1]),
                people=(participant,),
            )


def _list_rated(subject: Subject, participant: str, limits: Limits) -> list[_Rated]:
    """The rated check-ins of a participant, by due date."""
    newest: dict[_Kind, int] = {}
    rated: list[_Rated] = []
    for check_in in subject.history.check_ins:
        given = _list_given(check_in) if check_in.participant == participant else {}
        if not given:
            continue
        falls = [
            _Fall(rating=rating, before=before)
            for kind, rating in given.items()
            if (before := newest.get(kind)) is not None and before - rating >= limits["fall"]
        ]
        lowest = min(given.values())
        rated.append(_Rated(check_in=check_in, lowest=lowest, fall=min(falls, default=None)))
        newest |= given
    return rated


def _list_given(check_in: CheckIn) -> dict[_Kind, int]:
    ratings = check_in.ratings
    both = {kind: getattr(ratings, kind) for kind in _KINDS} if ratings else {}
    return {kind: rating for kind, rating in both.items() if rating is not None}


def _list_low(
    subject: Subject, rated: list[_Rated], put_aside: tuple[PutAside, ...], limits: Limits
) -> list[_Rated]:
    """The low ratings, and the falls, that nobody has put aside.

    After one was put aside, others count again where they are lower than it was, where one of the
    two ratings fell, or once there was a better one in between.
    """
    low: list[_Rated] = []
    known: int | None = None  # the lowest rating that a coordinator has put aside and knows of
    for each in rated:
        is_low = each.lowest <= limits["low"]
        if any(covers(entry, subject, each.check_in) for entry in put_aside):
            known = min(each.lowest, known or each.lowest) if is_low else None
        elif not is_low:
            known = None
            low += [each] if each.fall else []
        elif known is None or each.lowest < known or each.fall:
            low.append(each)
    return low


def _is_newly_middling(rated: list[_Rated], limits: Limits) -> bool:
    newest = rated[-1].lowest
    before = rated[-2].lowest if len(rated) > 1 else None
    return newest == limits["middling"] and (before is None or before > newest)


def _describe_rating(subject: Subject, participant: str, rated: _Rated) -> str:
    fall = rated.fall
    sentence = _("{name} rated {rating} of 5 for {date}")
    if fall and fall.rating == rated.lowest:
        sentence = _("{name} rated {rating} of 5 for {date}, down from {previous}")
    elif fall:
        sentence = _(
            "{name} rated {rating} of 5 for {date}, and the other of the two ratings fell from "
            "{previous} to {fallen}"
        )
    return sentence.format(
        name=subject.name_person(participant),
        rating=rated.lowest,
        date=date_in_sentence(rated.check_in.due, subject.today),
        previous=fall.before if fall else "",
        fallen=fall.rating if fall else "",
    )


def find_diverging_ratings(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """The two rate their relationship, or what the check-ins are worth, very differently."""
    for kind in _KINDS:
        since = _find_divergence(subject, kind, limits)
        if since:
            days = join_words(date_in_sentence(due, subject.today) for due in since)
            sentence = _("the two rated their relationship very differently, for {dates}")
            if kind == "useful":
                sentence = _(
                    "the two rated the usefulness of the last weeks very differently, for {dates}"
                )
            yield Observation(
                stage=_DIVERGING,
                since=since[0],
                said_on=_find_day_said(subject, since[-1]),
                why=sentence.format(dates=days),
            )


def _find_day_said(subject: Subject, due: date) -> date:
    """The day on which the last check-in for a due date came."""
    history = subject.history
    return max(history.day_known(each) for each in history.check_ins if each.due == due)


def _find_divergence(subject: Subject, kind: _Kind, limits: Limits) -> list[date]:
    """The newest dates that both rated, if they differ on all of these; the first comes first."""
    by_due: dict[date, dict[str, int]] = {}
    for check_in in subject.history.check_ins:
        given = _list_given(check_in).get(kind)
        if given is not None:
            by_due.setdefault(check_in.due, {})[check_in.participant] = given
    both = [(due, r.values()) for due, r in sorted(by_due.items()) if len(r) > 1]
    times = int(limits["times"])
    diverging = list[date]()
    for due, ratings in both:
        is_wide = max(ratings) - min(ratings) >= limits["points"]
        diverging = [*diverging, due] if is_wide else []
    return diverging if len(diverging) >= times else []


RATING = SignalDefinition(
    id="rating",
    check=find_low_rating,
    stages=(_LOW, _MIDDLING),
    limits={"low": 2, "middling": 3, "fall": 2},
    source=mark("Mentorloop aims at a mean of 4 of 5"),
)
DIVERGING = SignalDefinition(
    id="diverging",
    check=find_diverging_ratings,
    stages=(_DIVERGING,),
    limits={"points": 2, "times": 2},
)
