"""The page of a pair: where they are, what is next, whom to ask; the story; the numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.model import Cohort, Meeting, Pair
from peerloom.pages import charts, rendering
from peerloom.pages.charts import Point
from peerloom.pages.dates import away, said, short
from peerloom.pages.rendering import Here, Site
from peerloom.progress.answers import Answer, State, answers
from peerloom.progress.attention import signals_of
from peerloom.progress.goals import Attainment, Step, attainments
from peerloom.progress.meetings import meetings
from peerloom.progress.ratings import RatingPoint, ratings
from peerloom.templating import words

_REACHED = {
    -2: "Much less than expected",
    -1: "Less than expected",
    0: "As expected",
    1: "More than expected",
    2: "Much more than expected",
}
_BECAME: dict[State, str] = {
    "on_time": "answered on time",
    "late": "answered late",
    "answered": "answered, and nobody knows when it came",
    "overdue": "no answer",
    "due": "due now",
    "upcoming": "to come",
}
_GIVEN = frozenset({"on_time", "late", "answered"})


def pair_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The page of every pair the audience may see."""
    for pair in site.seen.pairs.values():
        cohort = site.seen.cohorts.get(pair.cohort)
        path = f"pairs/{pair.cohort}/{pair.id}.md"
        if cohort is not None and site.makes(path):
            yield path, _page(site, path, pair, cohort)


@dataclass(frozen=True, slots=True)
class _Check:
    due: date
    participant: str | None
    words: str


def _page(site: Site, path: str, pair: Pair, cohort: Cohort) -> str:
    here = Here(site, path)
    owed = _shown(site, answers(site.seen, pair, site.today))
    met = meetings(site.seen, pair, site.today)
    names = " and ".join(_name(site, who) for who in pair.people)
    points = ratings(site.seen, pair, site.today)
    return rendering.page(
        site,
        path,
        "pair.md.j2",
        pair=pair,
        cohort=cohort,
        names=names,
        started=pair.started_on or cohort.starts,
        people=[(who, _role(pair, who)) for who in pair.people],
        next=list(_next(here, pair, cohort)),
        goals=[_goal(a) for a in attainments(site.seen, pair, site.today)],
        timeline=_timeline(site, pair, cohort, met, owed),
        summary=_summary(met, owed),
        legend=_legend(site, owed),
        sparks=list(_sparks(points)),
        points=points,
        signals=_signals(site, pair),
        shows_match=pair.match is not None and site.whole.pairs[pair.cohort, pair.id].is_as_matched,
        meetings=met,
        checks=[_Check(a.due, a.participant, _became(site, a)) for a in owed],
        every=every,
        setting=setting,
    )


def _name(site: Site, who: str) -> str:
    person = site.seen.participants.get(who)
    return person.name if person else who


def _role(pair: Pair, who: str) -> str:
    if pair.peers:
        return "peer: each mentors the other"
    return "mentor" if who == pair.mentor else "mentee"


def every(weeks: int) -> str:
    """`every week`, `every two weeks`, `every 6 weeks`."""
    return {1: "every week", 2: "every two weeks", 4: "every four weeks"}.get(
        weeks, f"every {weeks} weeks"
    )


def setting(how: str) -> str:
    """How people meet, in words."""
    return {"remote": "online", "in_person": "in person", "hybrid": "online and in person"}[how]


def _shown(site: Site, owed: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The public sees what was answered, and never what was late or missed."""
    if site.audience == "public":
        return tuple(a for a in owed if a.state in _GIVEN)
    return tuple(a for a in owed if a.state != "upcoming")


def _became(site: Site, answer: Answer) -> str:
    if site.audience == "public":
        return "answered"
    if answer.check_in is None:
        return _BECAME[answer.state]
    received = site.whole.received_on(answer.check_in)
    if received is None:
        day = short(answer.check_in.answered_on, site.today)
        return f"{_BECAME[answer.state]}; they say {day}"
    return f"{_BECAME[answer.state]}, {short(received, site.today)}"


def _next(here: Here, pair: Pair, cohort: Cohort) -> Iterator[Markup]:
    site = here.site
    if pair.status not in ("active", "paused"):
        return
    owed = [a for a in answers(site.seen, pair, site.today) if a.check_in is None]
    for answer in owed:
        if answer.state == "due" and answer.due <= site.today:
            who = here.person(answer.participant) if answer.participant else Markup("either")
            yield Markup("Waiting for the check-in of ") + who + ", due " + here.day(answer.due)
    coming = [a.due for a in owed if a.due > site.today]
    if coming:
        yield Markup("Next check-in: ") + here.day_away(coming[0])
    for check_in in reversed(site.seen.check_ins_of(pair)):
        if check_in.next_meeting and check_in.next_meeting >= site.today:
            yield Markup("Next meeting: ") + here.day_away(check_in.next_meeting)
            break
    said_by: set[str] = set()
    for check_in in reversed(site.seen.check_ins_of(pair)):
        if check_in.next_steps and check_in.participant not in said_by:
            said_by.add(check_in.participant)
            who = here.person(check_in.participant)
            yield who + Markup(" plans: ") + here.prose(" ".join(check_in.next_steps.split()))
    if cohort.ends >= site.today:
        yield Markup("The cohort ends on ") + here.day_away(cohort.ends)


@dataclass(frozen=True, slots=True)
class _Goal:
    goal: object
    level: int | None
    picture: Markup
    words: str
    text: str
    ladder: list[tuple[str, str]]
    notes: list[Step]


def _goal(reached: Attainment) -> _Goal:
    level, levels = reached.level, reached.goal.levels
    words = "" if level is None else _REACHED[level]
    numbers = [f"{step:+d}".replace("-", "−").replace("+0", "0") for step in range(-2, 3)]
    title = f"{reached.goal.title}: {words.lower() or 'not said yet'}"
    return _Goal(
        goal=reached.goal,
        level=level,
        picture=charts.steps(title, level),
        words=words,
        text=levels[level + 2] if level is not None and levels else "",
        ladder=list(zip(numbers, levels, strict=True)) if levels else [],
        notes=[step for step in reached.steps if step.note],
    )


def _timeline(
    site: Site, pair: Pair, cohort: Cohort, met: tuple[Meeting, ...], owed: tuple[Answer, ...]
) -> Markup | None:
    if not met and not owed:
        return None
    today = site.today
    rows = [("Meetings", [Point(m.on, "meeting", f"met on {said(m.on, today)}") for m in met])]
    for who in dict.fromkeys(a.participant for a in owed):
        name = _name(site, who).split()[0] if who else "Check-ins"
        points = [
            Point(a.due, a.state, f"check-in of {said(a.due, today)}: {_became(site, a)}")
            if site.audience != "public"
            else Point(a.due, "on_time", f"check-in of {said(a.due, today)}")
            for a in owed
            if a.participant == who
        ]
        rows.append((name[:9], points))
    starts, ends = pair.started_on or cohort.starts, pair.ended_on or cohort.ends
    days = [m.on for m in met] + [a.due for a in owed]
    title = "Meetings and check-ins, in the order of their dates"
    return charts.timeline(title, rows, min([starts, *days]), max([ends, *days]), today)


def _summary(met: tuple[Meeting, ...], owed: tuple[Answer, ...]) -> str:
    times = {0: "not met yet", 1: "met once", 2: "met twice"}.get(len(met), f"met {len(met)} times")
    known = [m.minutes for m in met if m.minutes]
    hours = f" for {_hours(sum(known))} together" if known else ""
    given = sum(a.check_in is not None for a in owed)
    answers_ = f"{given} check-in{'' if given == 1 else 's'}"
    return f"So far the two have {times}{hours} and answered {answers_}."


def _hours(minutes: int) -> str:
    hours = minutes / 60
    return (
        f"{minutes} minutes" if minutes < 60 else f"{hours:.3g} hours".replace("1 hours", "1 hour")
    )


def _legend(site: Site, owed: tuple[Answer, ...]) -> Markup:
    if site.audience == "public":
        return Markup("A dot is a meeting, a square a check-in.")
    has_undated = any(answer.state == "answered" for answer in owed)
    undated = Markup(" A diamond is a check-in of which nobody knows when it came.")
    legend = Markup(
        "A dot is a meeting. A full square is a check-in on time, a half one late, an empty one "
        "due, a cross one that nobody answered."
    )
    return legend + undated if has_undated else legend


@dataclass(frozen=True, slots=True)
class _Spark:
    participant: str
    what: str
    words: str
    picture: Markup


def _sparks(points: tuple[RatingPoint, ...]) -> Iterator[_Spark]:
    for who in dict.fromkeys(point.participant for point in points):
        for what, pick in (("useful", "useful"), ("getting on", "relationship")):
            values = [
                (p.due, value)
                for p in points
                if p.participant == who and (value := getattr(p, pick)) is not None
            ]
            if values:
                words = f"{values[-1][1]} of 5 at last, {len(values)} answers"
                yield _Spark(who, what, words, charts.line(f"{what}, 1 to 5", values, 1, 5))


def _signals(site: Site, pair: Pair) -> list[object]:
    if site.audience != "coordinators":
        return []
    return list(signals_of(site.whole, pair, site.today))


def card(here: Here, pair: Pair) -> Markup:
    """A line about a pair, for lists: who, and where they are."""
    site = here.site
    met = meetings(site.seen, pair, site.today)
    state = words(pair.status)
    last = f", last met {away(met[-1].on, site.today)}" if met and pair.status == "active" else ""
    return here.pair(pair) + Markup(" · ") + Markup(state + last)  # noqa: S704 - no one's text
