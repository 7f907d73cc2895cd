"""Every sentence and every table of a report says what its figures say."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marked_sentences import MARKED_ENGLISH, list_sentences
from peerloom.model import Audience
from peerloom.program import load
from peerloom.report import Report, build_report, report_as_markdown
from peerloom.text.translation import use_language
from plain_words import say_count, say_day, say_hours, say_mean, say_percent, say_share

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


class Figures:
    """The contents of a report, whose keys are read as attributes: `r.check_ins.late`."""

    def __init__(self, contents: dict[str, Any]) -> None:
        self.contents = contents

    def __getattr__(self, key: str) -> Any:
        value = self.contents[key]
        return Figures(value) if isinstance(value, dict) else value

    @property
    def below(self) -> int:
        return self.contents["goals"]["by_level"]["-2"] + self.contents["goals"]["by_level"]["-1"]

    @property
    def above(self) -> int:
        return self.contents["goals"]["by_level"]["1"] + self.contents["goals"]["by_level"]["2"]

    @property
    def is_closed(self) -> bool:
        return self.closes is not None and self.closes < self.provenance.today

    def counts(self, *keys: str) -> bool:
        """Whether each of these figures is there and not 0."""
        return all(self._find(key) for key in keys)

    def _find(self, key: str) -> Any:
        value: Any = self.contents
        for name in key.split("."):
            value = value[name]
        return value


# What may stand for each placeholder of a sentence, and how a figure is said there.
_PLACEHOLDERS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "n": (r"none|[\d,]+", lambda number: f"{number:,}" if number else "none"),
    "0": (r"[\d,]+", lambda number: f"{number:,}"),
    "x": (r"once|twice|[\d,]+ times",
          lambda n: {1: "once", 2: "twice"}.get(n, f"{n:,} times")),
    "h": (r"[\d,.]+ (?:minute|hour)s?", say_hours),
    "day": (r"\d+ \w+ \d{4}", say_day),
    "p": (r"\d+%", lambda share: say_percent(*share)),
    "f": (r"[\d.]+", lambda value: f"{value:.2f}"),
    "word": (r"[\w ]+", str),
}  # fmt: skip
_NOUNS = ("mentor", "mentee", "person", "pair", "more pair", "meeting", "circle", "event")
_NOUNS += ("module", "check-in", "goal", "question")  # type: ignore[assignment]
for _noun in _NOUNS:
    _PLACEHOLDERS[_noun] = (
        rf"[\d,]+ {'(?:person|people)' if _noun == 'person' else _noun + 's?'}",
        lambda number, noun=_noun: say_count(number, noun),
    )
    _PLACEHOLDERS[f"of {_noun}"] = (
        rf"[\d,]+ of [\d,]+ {_noun}s?(?: \(\d+%\))?",
        lambda share, noun=_noun: say_share(*share, noun),
    )

Expected = Callable[[Figures], tuple[Any, ...] | bool]


def held(pattern: str, expected: Expected) -> tuple[str, Expected]:
    return pattern, expected


def when(condition: Any, *figures: Any) -> tuple[Any, ...] | bool:
    """The figures of a sentence that stands in a report only under a condition."""
    return figures if condition else False


# Each sentence with its placeholders, and the figures that must stand there; True or False of a
# sentence without any says whether it may be printed.
HELD = [
    held("From {day} to {day}, for {word}.", lambda r: (
        r.contents["from"], r.to, "everybody" if r.audience == "public" else r.audience)),
    held("It was asked for from {day} to {day}; days outside of the cohort and days to come are "
         "left out.", lambda r: when(r.asked_from or r.asked_to,
         r.asked_from or r.contents["from"], r.asked_to or r.to)),
    held("It is not final: answers that count may come until {day}.", lambda r: when(
        not r.is_closed, r.closes)),
    held("{mentor} and {mentee} took part.", lambda r: when(
        not r.participants.either, r.participants.mentors, r.participants.mentees)),
    held("{mentor} and {mentee} took part, and {person} open to either role.", lambda r: when(
        r.participants.either,
        r.participants.mentors, r.participants.mentees, r.participants.either)),
    held("That is {person}, as some took part in two roles.", lambda r: (r.participants.people,)),
    held("{person} left before the end.", lambda r: when(
        r.participants.left, r.participants.left)),
    held("{n} of {pair} finished", lambda r: when(
        r.pairs.completed and r.pairs.ended_early is not None,
        r.pairs.completed, r.began.pairs)),
    held("{n} of {pair} finished.", lambda r: when(
        r.pairs.completed is not None and r.pairs.ended_early is None,
        r.pairs.completed, r.began.pairs)),
    held("{0} pairs? began.", lambda r: when(r.pairs.completed is None, r.began.pairs)),
    held("It is about the people whom members may see; .*", lambda r: r.covers == "members"),
    held("It is about the people who agreed to be shown to everybody; .*", lambda r: (
        r.covers == "public")),
    held("{0} pair began, and has not finished", lambda r: when(
        r.began.pairs == 1 and not r.pairs.completed, 1)),
    held("{0} pairs began, and none has finished", lambda r: when(
        r.began.pairs > 1 and not r.pairs.completed, r.began.pairs)),
    held("; {n} ended early", lambda r: (r.pairs.ended_early,)),
    held("; {0} (?:is|are) taking a break", lambda r: (r.pairs.paused,)),
    held("; none is still meeting.", lambda r: r.pairs.active == 0),
    held("; {0} (?:is|are) still meeting.", lambda r: (r.pairs.active,)),
    held("No pair has begun. What pairs do will .*", lambda r: r.began.pairs == 0),
    held("Of the pairs, {n} began and {n} finished in these days.", lambda r: (
        r.started, r.completed)),
    held("Where {more pair} stood on the last day is not known: their records lack dates.",
         lambda r: (r.pairs.not_known,)),
    held("{0} more pairs? (?:is|are) proposed.", lambda r: when(
        r.began.pairs, r.pairs.proposed)),
    held("{0} pairs? (?:is|are) proposed.", lambda r: when(
        not r.began.pairs, r.pairs.proposed)),
    held("{person} signed up: {n} accepted, {n} waiting, {n} declined, {n} not decided on.",
         lambda r: (r.signed_up.people, r.signed_up.accepted, r.signed_up.waiting,
                    r.signed_up.declined, r.signed_up.applied)),
    held("Pairs met {x} in all.", lambda r: when(
        r.meetings.pairs_met is None, r.meetings.held)),
    held("{of pair} met, {x} in all.", lambda r: (
        (r.meetings.pairs_met, r.meetings.pairs_at_work), r.meetings.held)),
    held("The days? of {0} of these meetings (?:is|are) not known.", lambda r: (
        r.meetings.undated,)),
    held("That is {h} together, counting every meeting.", lambda r: when(
        r.meetings.minutes_known == r.meetings.held > 1, r.meetings.minutes)),
    held("That is {h} together.", lambda r: when(
        r.meetings.minutes_known == r.meetings.held, r.meetings.minutes)),
    held("The length of {of meeting} is known: {h} together.", lambda r: (
        (r.meetings.minutes_known, r.meetings.held), r.meetings.minutes)),
    held("No meeting was reported for this time. .*", lambda r: r.meetings.held == 0),
    held("{circle} held {meeting}.", lambda r: (r.circles.circles, r.circles.meetings)),
    held("The meetings whose length is known lasted {h} in all.", lambda r: (r.circles.minutes,)),
    held("No circle meeting was reported for this time.", lambda r: r.circles.meetings == 0),
    held("{event} took place.", lambda r: (r.events.held,)),
    held("{0} person was asked to do {module} in all, and has done {n}.", lambda r: when(
        r.training.people == 1, 1, r.training.asked, r.training.done)),
    held("{0} people were asked to do {module} in all; they have done {n}.", lambda r: when(
        r.training.people > 1, r.training.people, r.training.asked, r.training.done)),
    held("{0} check-ins? (?:was|were) due.", lambda r: (r.check_ins.due,)),
    held("{0} check-ins? came.", lambda r: when(
        r.check_ins.due is None, r.check_ins.received)),
    held("In this cohort one answer per pair is enough.", lambda r: (
        r.check_ins.answers == "either")),
    held("No check-in was due in this time.", lambda r: r.check_ins.due == 0),
    held("Of {0} whose time was up, {n} came ({p})", lambda r: (
        r.check_ins.time_up, r.check_ins.received, (r.check_ins.received, r.check_ins.time_up))),
    held("The time of none of them was up", lambda r: r.check_ins.time_up == 0),
    held("; {0} of the others came early", lambda r: when(
        r.check_ins.time_up, r.check_ins.early)),
    held("; {0} came early", lambda r: when(not r.check_ins.time_up, r.check_ins.early)),
    held("; {0} more may still come", lambda r: (r.check_ins.awaited,)),
    held("The pairs set {goal}.", lambda r: when(
        r.goals.set == r.goals.standing, r.goals.set)),
    held("The pairs set {goal}. A goal that a mentee took along to another pair counts once, which "
         "leaves {n}.", lambda r: when(
        r.goals.set > r.goals.standing, r.goals.set, r.goals.standing)),
    held("The pairs set {goal} in this time, and had {goal} at its end.", lambda r: when(
        r.goals.set, r.goals.set, r.goals.standing)),
    held("The pairs set no goal in this time, and had {goal} at its end.", lambda r: when(
        not r.goals.set, r.goals.standing)),
    held("Of {0} of them nobody knows when (?:it was|they were) set.", lambda r: (
        r.goals.set_day_not_known,)),
    held("No progress on goals has been reported yet.", lambda r: r.goals.reported == 0),
    held("Progress was reported on {of goal}.", lambda r: ((r.goals.reported, r.goals.standing),)),
    held("{of goal} went as expected or better.", lambda r: when(
        r.contents["goals"]["by_level"] is None and r.goals.reached is not None,
        (r.goals.reached, r.goals.reported))),
    held("Of {goal}, {n} went better than expected, {n} as expected and {n} worse", lambda r: when(
        r.is_closed,
        r.goals.reported, r.above, r.contents["goals"]["by_level"]["0"], r.below)),
    held("Of {goal}, {n} had got further than expected so far, {n} as far as expected and {n} less "
         "far", lambda r: when(not r.is_closed,
         r.goals.reported, r.above, r.contents["goals"]["by_level"]["0"], r.below)),
    held("; on {goal} two peers differ", lambda r: (r.goals.differ,)),
    held("The score T sums these steps up: 50 is as expected, and a pair with one goal, one step "
         "better, has 60. Its mean over {pair} is {f}. It takes steps for numbers, and rises "
         "where goals are easy: read the counts first, and compare nobody by it.", lambda r: (
        r.goals.pairs_scored, r.goals.score)),
    held("No goal has been written yet.", lambda r: r.goals.standing == 0 == r.goals.set),
    held("Nobody has answered both before and after yet; .*", lambda r: any(
        not any(item["both"] for item in survey["items"]) for survey in r.surveys)),
    held("What changed will appear here when the closing survey is over.", lambda r: (
        not r.is_closed and r.audience != "coordinators")),
    held("Where everybody changed by the same, .*", lambda r: has_no_interval(r, "constant")),
    held("Where fewer than three people answered both, .*", lambda r: has_no_interval(r, "few")),
    held("Where fewer than ten people answered both, .*", lambda r: has_no_interval(r, "withheld")),
    held("Told once, if at all, in the final report, .*", lambda r: any(
        "told once" in each for each in r.withheld)),
    held("Where more answered a question than people were asked it, .*", lambda r: any(
        row.get("both", row.get("people")) > row["asked"]
        for s in r.surveys for row in (*s["items"], *s["constructs"], *s["afterwards"]))),
    held("No meeting was reported by {of pair}.", lambda r: (
        (r.meetings.pairs_at_work - r.meetings.pairs_met, r.meetings.pairs_at_work),)),
    held("Of {check-in}, {0} came late and {0} never came.", lambda r: when(
        r.is_closed, r.check_ins.time_up, r.check_ins.late, r.check_ins.missing)),
    held("Of {check-in}, {0} never came.", lambda r: when(
        r.is_closed and not r.check_ins.late, r.check_ins.time_up, r.check_ins.missing)),
    held("Of {check-in}, {0} came late.", lambda r: when(
        r.is_closed and not r.check_ins.missing, r.check_ins.time_up, r.check_ins.late)),
    held("Of {check-in} whose time was up, {0} came late.", lambda r: when(
        not r.is_closed and not r.check_ins.missing, r.check_ins.time_up, r.check_ins.late)),
    held("Of {check-in} whose time was up, {0} came late and {0} ha(?:s|ve) not come.",
         lambda r: when(not r.is_closed,
                        r.check_ins.time_up, r.check_ins.late, r.check_ins.missing)),
    held("Of {check-in} whose time was up, {0} ha(?:s|ve) not come.", lambda r: when(
        not r.is_closed and not r.check_ins.late, r.check_ins.time_up, r.check_ins.missing)),
    held("{of goal} went worse than expected.", lambda r: when(
        r.is_closed, (r.below, r.goals.reported))),
    held("{person} asked a coordinator for help, {x} in all.", lambda r: when(
        (r.support.asked or 0) > 1, r.support.people, r.support.asked)),
    held("{person} asked a coordinator for help.", lambda r: when(
        r.support.asked in (1, None), r.support.people)),
    held("Nobody asked for help in a check-in.", lambda r: r.support.people == 0),
    held("Why pairs ended early, if any did, is not told in this report: .*", lambda r: (
        r.contents["ended_early"] is None)),
    held("No pair ended early in this time.", lambda r: r.contents["ended_early"] == {}),
    held("Ratings from check-ins. One answer per pair is enough, so those asked are counted as "
         "pairs:", lambda r: r.check_ins.answers == "either" and any(
            row["asked"] is not None for row in r.ratings)),
]  # fmt: skip
# These say the same of more than one thing, so the figures are those of one of them.
HELD_OF_ONE: list[tuple[str, Callable[[Figures], list[tuple[Any, ...]]]]] = [
    ("{person} of this cohort came, {x} in all.", lambda r: [
        (g.people, g.attendances) for g in (r.circles, r.events) if g.attendances]),
    ("Guests came {x}.", lambda r: [(g.guests,) for g in (r.circles, r.events) if g.guests]),
    ("Nobody wrote down who came.", lambda r: [
        () for g in (r.circles, r.events) if g.attendances == 0 and not g.guests]),
    ("{0} of {0} answered {word}", lambda r: [
        (n, survey["asked"][wave], wave)
        for survey in r.surveys for wave, n in survey["answered"].items() if n is not None]),
    ("the number who answered {word} is withheld", lambda r: [
        (wave,) for survey in r.surveys for wave, n in survey["answered"].items() if n is None]),
    ("nobody has been asked {word}", lambda r: [
        (wave,) for survey in r.surveys for wave, n in survey["asked"].items() if n == 0]),
    ("More codes answered {word} than people were asked: .*", lambda r: [
        (wave,) for survey in r.surveys for wave, n in survey["answered"].items()
        if n and n > survey["asked"][wave]]),
    ("Fewer than 60% answered {word}: those who did not may see it differently.", lambda r: [
        (wave,) for survey in r.surveys for wave, n in survey["answered"].items()
        if n and 10 * n < 6 * survey["asked"][wave]]),
]  # fmt: skip
# Sentences and cells that other tests of this file hold, or that say no figure of the report.
ELSEWHERE = re.compile(
    r"([\d,]+ of )?[\d,]+( \(\d+%\))?|withheld(, of .*)?|[\d,]+ (people|person|pairs?)|"
    r".*, \d+ questions? together|[+−][\d.]+ ± .*|[+−]?[\d.]+ to [+−]?[\d.]+|"
    r"Useful, 1 to 5|Getting on, 1 to 5|Peerloom `.*|The SHA-256 .*|.*: progress|"
    r".* Of [\d,]+ (people|person), (none|\d+) answered\.|.* Nobody has answered yet\.|"
    r".* Nobody was asked in this time\.|"
    r"The mean is .*|[−+]?\d (much |)(less|more|as) .*expected"
)


def has_no_interval(r: Figures, why: str) -> bool:
    rows = [row for survey in r.surveys for row in (*survey["items"], *survey["constructs"])]
    return any(row["no_interval"] == why and row["change"] is not None for row in rows)


def find_figures(pattern: str, sentence: str) -> list[str] | None:
    """What stands in the places of a sentence; None if it is another sentence."""
    kinds = re.findall(r"\{([^}]*)\}", pattern)
    shape = pattern.replace("(", r"\(").replace(")", r"\)").replace(r"\(?:", "(?:")
    shape = re.sub(r"(\(\?:[^)]*?)\\\)", r"\1)", shape).replace("{p}\\)", "{p}\\)")
    for kind in kinds:
        shape = shape.replace(f"{{{kind}}}", f"({_PLACEHOLDERS[kind][0]})", 1)
    match = re.fullmatch(shape, sentence)
    return list(match.groups()) if match else None


def say_figures(pattern: str, figures: tuple[Any, ...]) -> list[str]:
    kinds = re.findall(r"\{([^}]*)\}", pattern)
    return [_PLACEHOLDERS[kind][1](figure) for kind, figure in zip(kinds, figures, strict=True)]


def holds(sentence: str, r: Figures) -> bool | None:
    """Whether the figures say what a sentence says; None if no test knows the sentence."""
    for pattern, expected in HELD:
        found = find_figures(pattern, sentence)
        if found is not None:
            figures = expected(r)
            said = say_figures(pattern, figures) if isinstance(figures, tuple) else []
            return found == said if isinstance(figures, tuple) else figures
    for pattern, list_expected in HELD_OF_ONE:
        found = find_figures(pattern, sentence)
        if found is not None:
            return found in [say_figures(pattern, figures) for figures in list_expected(r)]
    return True if ELSEWHERE.fullmatch(sentence) else None


def has_figure(sentence: str) -> bool:
    return bool(re.search(r"\d|\b(none|once|twice|no|nobody)\b", sentence, re.IGNORECASE))


BELOW_COORDINATORS: tuple[Audience, ...] = ("public", "members")


@dataclass(frozen=True)
class Case:
    """A report, by the cohort, the days and the audience, and by how its figures were changed."""

    cohort: str
    audience: Audience
    start: date | None = None
    end: date | None = None
    today: date = TODAY
    seed: int | None = None


CASES = [
    Case(cohort, "coordinators", start, end, today)
    for cohort, days in {
        "2026-spring": [
            (None, None, TODAY),
            (None, date(2026, 2, 1), TODAY),
            (None, None, date(2026, 2, 20)),
            (date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 10)),
            (date(2025, 12, 1), date(2026, 12, 31), date(2026, 6, 28)),
        ],
        "2026-autumn": [
            (None, None, TODAY),
            (None, None, date(2026, 9, 8)),
            (None, None, date(2026, 9, 21)),
            (None, None, date(2026, 9, 25)),
            (date(2026, 10, 1), date(2026, 10, 31), TODAY),
        ],
    }.items()
    for start, end, today in days
] + [
    Case(cohort, audience, None, end, today)
    for cohort, end, today in [
        ("2026-spring", None, TODAY),
        ("2026-spring", date(2026, 1, 29), TODAY),
        ("2026-spring", None, date(2026, 5, 10)),
        ("2026-autumn", None, TODAY),
        ("2026-autumn", None, date(2026, 10, 15)),
    ]
    for audience in BELOW_COORDINATORS
]
VARIED = [Case("2026-spring", "coordinators", seed=seed) for seed in range(60)] + [
    Case("2026-spring", audience, seed=seed)
    for audience in BELOW_COORDINATORS
    for seed in range(10)
]


@cache
def build(case: Case) -> Report:
    report = build_report(
        load(ROOT).program, case.cohort, case.start, case.end, case.audience, today=case.today
    )
    if case.seed is None:
        return report
    contents = vary(report.contents, case.seed)
    if case.audience != "coordinators":
        contents = keep_back(contents, random.Random(case.seed), case.audience)
    return Report(audience=case.audience, contents=contents)


def keep_back(contents: dict[str, Any], rng: random.Random, audience: Audience) -> dict[str, Any]:
    """The contents with what an audience below coordinators may be told, or not."""

    def sometimes(value: Any) -> Any:
        return value if rng.random() < 0.5 else None

    statuses = contents["pairs"]
    completed = statuses["completed"]
    if audience == "public":
        statuses = dict.fromkeys(statuses) | {"not_known": statuses["not_known"]}
        statuses["completed"] = sometimes(completed)
    goals = contents["goals"] | {"reached": sometimes(contents["goals"]["reported"])}
    if audience == "public":
        goals |= {"by_level": None, "score": None}
    attended = dict.fromkeys(("attendances", "people", "guests"))
    return contents | {
        "covers": rng.choice(("everybody", "members", "public")),
        "pairs": statuses,
        "completed": None if statuses["completed"] is None else contents["completed"],
        "goals": goals,
        "support": {"asked": None, "people": sometimes(contents["support"]["people"])},
        "ended_early": None,
        "circles": contents["circles"] | (attended if audience == "public" else {}),
        "signed_up": {},
    }


def vary(contents: dict[str, Any], seed: int) -> dict[str, Any]:
    """The contents with other figures: none, one and many of each, which add up as they must."""
    rng = random.Random(seed)

    def draw(highest: int = 10_000) -> int:
        return min(rng.choice((0, 0, 1, 2, 3, 17, 1234)), highest)

    answers = {key: draw() for key in ("on_time", "late", "undated", "missing", "early", "awaited")}
    if rng.random() < 0.2:
        answers |= dict.fromkeys(("on_time", "late", "undated", "missing"), 0)
    received = answers["on_time"] + answers["late"] + answers["undated"]
    time_up = received + answers["missing"]
    levels = {str(level): draw() for level in range(-2, 3)}
    differ = draw()
    if rng.random() < 0.2:
        levels, differ = dict.fromkeys(levels, 0), 0
    reported = sum(levels.values()) + differ
    statuses = {k: draw() for k in ("active", "paused", "completed", "ended_early")}
    if rng.random() < 0.2:
        statuses |= {"active": 1, "paused": 0, "completed": 0, "ended_early": 0}
    begun, held, support = sum(statuses.values()), draw(), draw()
    known, at_work = draw(held), max(begun, 1)
    roles = {key: draw() for key in ("mentors", "mentees", "either")}
    training = draw()
    return contents | {
        "closes": rng.choice(("2026-08-23", "2027-08-23", None)),
        "participants": roles | {"people": max(sum(roles.values()) - draw(), 0), "left": draw()},
        "pairs": statuses | {"proposed": draw(), "not_known": draw()},
        "began": {"pairs": begun, "people": 2 * begun},
        "started": draw(begun),
        "completed": draw(statuses["completed"]),
        "meetings": {
            "held": held, "undated": draw(held), "minutes": known * rng.choice((50, 85)),
            "minutes_known": known, "pairs_at_work": at_work,
            "pairs_met": rng.choice((min(draw(at_work), held), None)),
        },
        "check_ins": answers | {
            "received": received, "time_up": time_up, "people": 5,
            "due": time_up + answers["early"] + answers["awaited"],
            "answers": rng.choice(("either", "both", "mentor", "mentee")),
        },
        "goals": contents["goals"] | {
            "set": rng.choice((reported, reported + 3, draw())), "standing": reported + draw(2),
            "set_day_not_known": draw(), "reported": reported, "by_level": levels,
            "differ": differ, "score": rng.choice((None, 50.0, 39.02)), "pairs_scored": draw(),
        },
        "support": {"asked": support, "people": draw(support) or support},
        "ended_early": rng.choice((None, {}, {"poor_fit": draw() or 1, "conduct": 1})),
        "circles": {key: draw() for key in
                    ("circles", "meetings", "minutes", "attendances", "people", "guests")},
        "events": {key: draw() for key in ("held", "attendances", "people", "guests")},
        "training": {"people": training, "asked": training * 4, "done": draw(training * 4)},
        "signed_up": contents["signed_up"] | {
            key: draw() for key in ("people", "applied", "accepted", "waiting", "declined")},
        "surveys": [_vary_survey(survey, rng) for survey in contents["surveys"]],
    }  # fmt: skip


def _vary_survey(survey: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    answered = {wave: rng.choice((0, 1, 7, 12, 15, None)) for wave in survey["answered"]}
    rows = rng.choice((
        {"both": 0, "before": None, "after": None, "change": None, "margin": None,
         "no_interval": "few"},
        {"both": 7, "before": 3.0, "after": 3.5, "change": 0.5, "margin": None,
         "no_interval": "constant"},
        {"both": 2, "before": 3.0, "after": 3.25, "change": 0.25, "margin": None,
         "no_interval": "few"},
        {"both": 7, "before": 3.1, "after": 2.1, "change": -1.0, "margin": 0.5,
         "no_interval": None},
    ))  # fmt: skip
    rows["asked"] = rng.choice((5, 12))
    return survey | {
        "asked": {wave: rng.choice((0, 1, 12)) for wave in survey["asked"]},
        "answered": answered,
        "items": [item | rows for item in survey["items"]],
        "constructs": [found | rows for found in survey["constructs"]],
    }


def list_report_sentences(report: Report) -> Iterator[str]:
    with use_language(MARKED_ENGLISH):
        text = report_as_markdown(report)
    # Aims have a section of their own, whose words have tests of their own.
    text = re.sub(r"## ⟦What we set out to do⟧.*?(?=\n## )", "", text, flags=re.DOTALL)
    yield from list_sentences(text)


@pytest.mark.parametrize("case", [*CASES, *VARIED], ids=str)
def test_every_sentence_says_what_its_figures_say(case: Case) -> None:
    report = build(case)
    sentences = [s for s in list_report_sentences(report) if has_figure(s)]
    assert len(sentences) > 15
    r = Figures(report.contents)
    for sentence in sentences:
        found = holds(sentence, r)
        assert found is not None, f"no test holds this sentence: {sentence}"
        assert found, sentence


def test_every_sentence_that_a_test_holds_is_printed_in_a_report() -> None:
    printed = {s for case in [*CASES, *VARIED] for s in list_report_sentences(build(case))}
    for pattern in [p for p, _ in HELD] + [p for p, _ in HELD_OF_ONE]:
        assert any(find_figures(pattern, sentence) is not None for sentence in printed), pattern


@pytest.mark.parametrize("case", [*CASES, *VARIED], ids=str)
def test_no_sentence_that_figures_call_for_is_missing(case: Case) -> None:
    report = build(case)
    r, text = Figures(report.contents), " ".join(list_report_sentences(report))
    wanted = {
        "left before the end": r.participants.left,
        "taking a break": r.began.pairs and r.pairs.paused,
        "is not known: their records": r.pairs.not_known,
        "of these meetings": r.meetings.held and r.meetings.undated,
        "guests came": r.circles.meetings and r.circles.guests,
        "may still come": r.check_ins.due and r.check_ins.awaited,
        "came early": r.check_ins.due and r.check_ins.early,
        "came late": r.check_ins.late,
        "never came": r.is_closed and r.check_ins.missing,
        "not come": not r.is_closed and r.check_ins.missing,
        "two peers differ": r.goals.reported and r.goals.differ and r.contents["goals"]["by_level"],
        "went worse than expected": r.is_closed and r.contents["goals"]["by_level"] and r.below,
        "went as expected or better": r.goals.reported and r.goals.reached is not None
        and r.contents["goals"]["by_level"] is None,
        "asked a coordinator for help": r.support.people,
        "The score T": (r.goals.standing or r.goals.set) and r.goals.score is not None,
        "answered a question than people were asked it": any(
            row.get("both", row.get("people")) > row["asked"]
            for s in r.surveys for row in (*s["items"], *s["constructs"], *s["afterwards"])),
        "cannot be computed": any(
            item["change"] is not None and item["no_interval"] in ("few", "constant")
            for s in r.surveys if any(i["both"] for i in s["items"]) for item in s["items"]),
    }  # fmt: skip
    for words, is_wanted in wanted.items():
        if is_wanted:
            assert words.casefold() in text.casefold(), words


def read_tables(text: str) -> dict[str, list[list[list[str]]]]:
    """The tables of a report by the name of their first column, as rows of cells."""
    tables: dict[str, list[list[list[str]]]] = {}
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [[c.strip() for c in line.strip("|").split(" | ")] for line in block.splitlines()]
        tables.setdefault(rows[0][0], []).append(rows[2:])
    return tables


def say_change(row: dict[str, Any]) -> str:
    if row["change"] is None:
        return say_mean(None, row["both"])
    if isinstance(row["change"], dict):
        return " to ".join(say_signed(row["change"][end]) for end in ("from", "to"))
    margin = "" if row["margin"] is None else f" ± {row['margin']:.2f}"
    return f"{say_signed(row['change'])}{margin}"


def say_signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}" if value else "0.00"


STEPS = ("−2 much less than expected", "−1 less than expected", "0 as expected",
         "+1 more than expected", "+2 much more than expected")  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *VARIED], ids=str)
def test_every_table_has_the_figures_of_the_json(case: Case) -> None:
    report = build(case)
    r, tables = report.contents, read_tables(report_as_markdown(report))
    answers, goals = r["check_ins"], r["goals"]
    named = {"on_time": "came on time", "late": "came late", "undated": "came on an unknown day",
             "missing": "have not come"}  # fmt: skip
    expected: dict[str, list[Any]] = {}
    if answers["time_up"] and answers["received"] is not None:
        expected["Check-ins whose time was up"] = [
            [name, say_share(answers[key], answers["time_up"])]
            for key, name in named.items()
            if key != "undated" or answers["undated"]
        ]
    if (goals["standing"] or goals["set"]) and goals["by_level"] and goals["reported"]:
        rows = [[s, say_share(n, goals["reported"])]
                for s, n in zip(STEPS, goals["by_level"].values(), strict=True)]  # fmt: skip
        rows += [["two peers differ", say_share(goals["differ"], goals["reported"])]] * bool(
            goals["differ"]
        )
        expected["Step reached"] = rows
    if r["ratings"]:
        asked = "pair" if answers["answers"] == "either" else "person"
        expected["Check-in due"] = [
            [
                say_day(rating["due"]),
                *(
                    ["withheld" if rating["asked"] is None else say_count(rating["asked"], asked)]
                    if any(row["asked"] is not None for row in r["ratings"])
                    else []
                ),
                say_mean(rating["useful"], rating["useful_people"]),
                say_count(rating["useful_people"], "person"),
                say_mean(rating["relationship"], rating["relationship_people"]),
                say_count(rating["relationship_people"], "person"),
            ]
            for rating in r["ratings"]
        ]
    if r["ended_early"]:
        whole = sum(r["ended_early"].values())
        expected["Reason"] = [say_share(n, whole) for n in r["ended_early"].values()]
        tables["Reason"] = [[row[1] for row in tables["Reason"][0]]]  # type: ignore[misc]
    if r["pairs_in_detail"]:
        expected["Pair"] = [
            [p["pair"], p["status"].replace("_", " "), str(p["meetings"]), str(p["minutes"]),
             f"{p['received']} of {p['time_up']}", *(str(p[k]) for k in ("on_time", "late")),
             str(p["missing"]), str(p["goals"])]
            for p in r["pairs_in_detail"]
        ]  # fmt: skip
    for survey in r["surveys"]:
        if any(item["both"] for item in survey["items"]):
            expected["Question"] = [
                [f"{row['both']} of {row['asked']}", say_mean(row["before"], row["both"]),
                 say_mean(row["after"], row["both"]), say_change(row)]
                for row in (*survey["items"], *survey["constructs"])
            ]  # fmt: skip
            tables["Question"] = [[row[1:] for row in tables["Question"][0]]]
        if any(item["people"] for item in survey["afterwards"]):
            expected["Asked later"] = [
                [item["text"], item["wave"], f"{item['people']} of {item['asked']}",
                 say_mean(item["mean"], item["people"])]
                for item in survey["afterwards"]
            ]  # fmt: skip
    counts = [q["counts"] for q in r["questions"] if q["counts"] and q["people"]]
    of = [q["people"] for q in r["questions"] if q["counts"] and q["people"]]
    answer_rows = [
        [[c["choice"], say_share(c["people"], whole)] for c in rows]
        for rows, whole in zip(counts, of, strict=True)
    ]
    assert tables.pop("Answer", []) == answer_rows
    sources = r["signed_up"].get("sources") or []
    found = tables.pop("Heard of it from", [[]])
    assert [row[1] for row in found[0]] == [
        say_share(source["people"], r["signed_up"]["people"]) for source in sources
    ]
    assert tables == {name: [rows] for name, rows in expected.items()}


def test_an_interval_is_explained_by_one_of_the_report() -> None:
    text = report_as_markdown(build(Case("2026-spring", "coordinators")))
    assert "+0.82 ± 0.59 means between +0.23 and +1.41 (95% interval)." in text
