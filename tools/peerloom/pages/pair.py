"""The page of a pair: its status, what is next, its goals, its story, and the numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.model import Cohort, Meeting, Pair, ProgramQuestion
from peerloom.pages import charts
from peerloom.pages.charts import Point
from peerloom.pages.dates import away, said, short
from peerloom.pages.rendering import Here, Site
from peerloom.pages.wording import describe_rhythm, describe_setting
from peerloom.program_questions import questions_about, worded_answers
from peerloom.progress.goals import Attainment, Step
from peerloom.progress.owed_check_ins import CheckInState, OwedCheckIn
from peerloom.progress.pair_history import PairHistory, pair_history
from peerloom.progress.ratings import RatingPoint
from peerloom.signals import find_pair_signals
from peerloom.templating import words
from peerloom.text.phrases import count_noun

_ATTAINMENTS = {
    -2: "Much less than expected",
    -1: "Less than expected",
    0: "As expected",
    1: "More than expected",
    2: "Much more than expected",
}
_OUTCOMES: dict[CheckInState, str] = {
    "on_time": "answered on time",
    "late": "answered late",
    "answered": "answered, and nobody knows when it came",
    "overdue": "no answer",
}
_GIVEN = frozenset({"on_time", "late", "answered"})


@dataclass(frozen=True, slots=True)
class _CheckInRow:
    due: date
    participant: str | None
    outcome: str


def render_page(here: Here, pair: Pair) -> str:
    """A pair as the audience may see it."""
    site = here.site
    cohort = site.seen.cohorts[pair.cohort]
    history = pair_history(site.seen, pair, site.today)
    owed = _select_shown(site, history.owed_check_ins)
    met = history.meetings
    points = history.ratings
    return here.fill_template(
        pair=pair,
        cohort=cohort,
        names=" and ".join(map(here.person_name, pair.people)),
        started=pair.started_on or cohort.starts,
        people=[(id_, _describe_role(pair, id_)) for id_ in pair.people],
        next=list(_list_next_steps(here, history, cohort)),
        goals=[_describe_goal(a) for a in history.goals],
        timeline=_draw_timeline(here, pair, cohort, met, owed),
        summary=_summarize_progress(met, owed),
        legend=_explain_timeline(site, owed),
        sparks=list(_draw_ratings(points)),
        points=points,
        signals=_list_signals(site, pair),
        shows_match=pair.match is not None and site.whole.pairs[pair.cohort, pair.id].is_as_matched,
        meetings=met,
        checks=[_CheckInRow(a.due, a.participant, _describe_outcome(site, a)) for a in owed],
        answers=list(_list_answers(site, pair)),
        closing=worded_answers(questions_about(_questions(site), "pair"), pair.answers),
        describe_rhythm=describe_rhythm,
        describe_setting=describe_setting,
    )


@dataclass(frozen=True, slots=True)
class _AnswerRow:
    due: date
    participant: str
    question: str
    answer: str


def _questions(site: Site) -> tuple[ProgramQuestion, ...]:
    return site.seen.settings.questions


def _list_answers(site: Site, pair: Pair) -> Iterator[_AnswerRow]:
    """What the two answered in check-ins to the program's own questions."""
    questions = questions_about(_questions(site), "check-in")
    for check_in in site.seen.check_ins_of(pair):
        if site.seen.counts_from(check_in) <= site.today:
            for question, answer in worded_answers(questions, check_in.answers):
                yield _AnswerRow(check_in.due, check_in.participant, question, answer)


def _describe_role(pair: Pair, id_: str) -> str:
    if pair.peers:
        return "peer: each mentors the other"
    return "mentor" if id_ == pair.mentor else "mentee"


def _select_shown(site: Site, owed: tuple[OwedCheckIn, ...]) -> tuple[OwedCheckIn, ...]:
    """The check-ins to show: to the public only those that came, and never which were late."""
    if site.audience == "public":
        return tuple(a for a in owed if a.state in _GIVEN)
    return tuple(a for a in owed if a.state != "upcoming")


def _describe_outcome(site: Site, answer: OwedCheckIn) -> str:
    """What became of an owed check-in: `answered on time, 12 Feb`, `due in 5 days`."""
    if site.audience == "public":
        return "answered"
    if answer.state in ("due", "upcoming"):
        distance = away(answer.due, site.today)
        return f"was due {distance}" if answer.due < site.today else f"due {distance}"
    if answer.check_in is None:
        return _OUTCOMES[answer.state]
    received = site.whole.received_on(answer.check_in)
    if received is None:
        day = short(answer.check_in.answered_on, site.today)
        return f"{_OUTCOMES[answer.state]}; they say {day}"
    return f"{_OUTCOMES[answer.state]}, {short(received, site.today)}"


def _list_next_steps(here: Here, history: PairHistory, cohort: Cohort) -> Iterator[Markup]:
    site = here.site
    if history.pair.status not in ("active", "paused"):
        return
    owed = [a for a in history.owed_check_ins if a.check_in is None]
    for answer in owed:
        if answer.state == "due" and answer.due <= site.today:
            who = here.person_link(answer.participant) if answer.participant else Markup("either")
            yield (
                Markup("Waiting for the check-in of ") + who + ", due " + here.long_date(answer.due)
            )
    coming = [a.due for a in owed if a.due > site.today]
    if coming:
        yield Markup("Next check-in: ") + here.date_and_distance(coming[0])
    if history.next_meeting:
        yield Markup("Next meeting: ") + here.date_and_distance(history.next_meeting)
    for participant, plan in history.next_steps:
        who = here.person_link(participant)
        yield who + Markup(" plans: ") + here.paragraphs(" ".join(plan.split()))
    if cohort.ends >= site.today:
        yield Markup("The cohort ends on ") + here.date_and_distance(cohort.ends)


@dataclass(frozen=True, slots=True)
class _GoalSection:
    goal: object
    level: int | None
    picture: Markup
    words: str
    text: str
    ladder: list[tuple[str, str]]
    notes: list[Step]


def _describe_goal(reached: Attainment) -> _GoalSection:
    level, levels = reached.level, reached.goal.levels
    words = "" if level is None else _ATTAINMENTS[level]
    numbers = [f"{step:+d}".replace("-", "−").replace("+0", "0") for step in range(-2, 3)]
    title = f"{reached.goal.title}: {words.lower() or 'not said yet'}"
    return _GoalSection(
        goal=reached.goal,
        level=level,
        picture=charts.draw_goal_steps(title, level),
        words=words,
        text=levels[level + 2] if level is not None and levels else "",
        ladder=list(zip(numbers, levels, strict=True)) if levels else [],
        notes=[step for step in reached.steps if step.note],
    )


def _draw_timeline(
    here: Here, pair: Pair, cohort: Cohort, met: tuple[Meeting, ...], owed: tuple[OwedCheckIn, ...]
) -> Markup | None:
    if not met and not owed:
        return None
    site, today = here.site, here.site.today
    rows = [("Meetings", [Point(m.on, "meeting", f"met on {said(m.on, today)}") for m in met])]
    for who in dict.fromkeys(a.participant for a in owed):
        name = here.person_name(who).split()[0] if who else "Check-ins"
        points = [
            Point(a.due, a.state, f"check-in of {said(a.due, today)}: {_describe_outcome(site, a)}")
            if site.audience != "public"
            else Point(a.due, "on_time", f"check-in of {said(a.due, today)}")
            for a in owed
            if a.participant == who
        ]
        rows.append((name[:9], points))
    starts, ends = pair.started_on or cohort.starts, pair.ended_on or cohort.ends
    days = [m.on for m in met] + [a.due for a in owed]
    title = "Meetings and check-ins, in the order of their dates"
    return charts.draw_timeline(title, rows, min([starts, *days]), max([ends, *days]), today)


def _summarize_progress(met: tuple[Meeting, ...], owed: tuple[OwedCheckIn, ...]) -> str:
    times = {0: "not met yet", 1: "met once", 2: "met twice"}.get(len(met), f"met {len(met)} times")
    known = [m.minutes for m in met if m.minutes]
    at_least = "" if len(known) == len(met) else "at least "
    hours = f" for {at_least}{_describe_minutes(sum(known))} together" if known else ""
    given = sum(a.check_in is not None for a in owed)
    return f"So far the two have {times}{hours} and answered {count_noun(given, 'check-in')}."


def _describe_minutes(minutes: int) -> str:
    """`45 minutes`, `1.5 hours`."""
    hours = minutes / 60
    return (
        f"{minutes} minutes" if minutes < 60 else f"{hours:.3g} hours".replace("1 hours", "1 hour")
    )


def _explain_timeline(site: Site, owed: tuple[OwedCheckIn, ...]) -> Markup:
    """The legend of the timeline, which names only shapes that can be in it."""
    if site.audience == "public":
        return Markup("A dot is a meeting, a square a check-in.")
    has_undated = any(answer.state == "answered" for answer in owed)
    undated = Markup(" A diamond is a check-in of which nobody knows when it came.")
    legend = Markup(
        "A dot is a meeting. A full square is a check-in on time, a half-full one came late, an "
        "empty one is due; a cross is one that nobody answered."
    )
    return legend + undated if has_undated else legend


@dataclass(frozen=True, slots=True)
class _RatingLine:
    participant: str
    what: str
    text: str
    picture: Markup


def _draw_ratings(points: tuple[RatingPoint, ...]) -> Iterator[_RatingLine]:
    """For each person and each of the two ratings, the latest in words and all as a line."""
    for who in dict.fromkeys(point.participant for point in points):
        for what, pick in (("useful", "useful"), ("getting on", "relationship")):
            values = [
                (p.due, value)
                for p in points
                if p.participant == who and (value := getattr(p, pick)) is not None
            ]
            if values:
                text = f"{values[-1][1]} of 5 most recently, {count_noun(len(values), 'answer')}"
                chart = charts.draw_line(f"{what}, 1 to 5", values, 1, 5)
                yield _RatingLine(who, what, text, chart)


def _list_signals(site: Site, pair: Pair) -> list[object]:
    """The signals of the pair, for coordinators alone."""
    if site.audience != "coordinators":
        return []
    return list(find_pair_signals(site.whole, pair, site.today))


def summarize_pair(here: Here, pair: Pair) -> Markup:
    """A line about a pair, for lists: who they are, the status, and when they last met."""
    site = here.site
    met = pair_history(site.seen, pair, site.today).meetings
    state = words(pair.status)
    last = f", last met {away(met[-1].on, site.today)}" if met and pair.status == "active" else ""
    return here.pair_link(pair) + Markup(" · ") + Markup(state + last)  # noqa: S704 - no one's text
