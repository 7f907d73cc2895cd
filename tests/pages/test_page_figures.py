"""Every sentence of a page with a figure in it says what the files of the program say.

The figures are counted here from the files themselves, without Peerloom's own code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from marked_sentences import MARKED_ENGLISH, list_sentences
from peerloom.model import AUDIENCES, Audience
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.report import build_report
from peerloom.text.translation import use_language
from plain_words import say_hours
from program_files import (
    ROOT,
    Record,
    count_completed,
    count_prepared,
    count_reached,
    count_received,
    count_returned,
    read_records,
)

SPRING, AUTUMN = date(2026, 4, 10), date(2026, 11, 24)
DAYS = (SPRING, date(2026, 7, 10), AUTUMN)
WORDS = {"once": "1 times", "twice": "2 times", "Nobody": "0"}
EVERY = {"every week": 1, "every two weeks": 2, "every three weeks": 3, "every four weeks": 4}


@cache
def read_modules() -> dict[str, dict[str, Any]]:
    files = (ROOT / "content/training").glob("*.md")
    return {f.stem: yaml.safe_load(f.read_text("utf-8").split("---")[1]) for f in files}


@dataclass(frozen=True)
class PageOfDay:
    """Which page it is, of what day, and for whom."""

    path: str
    day: date
    audience: Audience

    @property
    def id(self) -> str:
        return Path(self.path).stem

    @property
    def cohort(self) -> dict[str, Any]:
        (found,) = [c for c in read_records("cohorts") if c["id"] == self.path.split("/")[1]]
        return found

    @property
    def check_ins(self) -> list[dict[str, Any]]:
        """The check-ins of the pair that were known on the day."""
        key = (self.cohort["id"], self.id)
        return [
            answer
            for answer in read_records("check-ins")
            if (answer["cohort"], answer["pair"]) == key
            and (answer.get("received_on") or answer["answered_on"]) <= self.day
        ]

    @property
    def pair(self) -> dict[str, Any]:
        key = (self.cohort["id"], self.id)
        (found,) = [p for p in read_records("pairs") if (p["cohort"], p["id"]) == key]
        return found


def count_members(page: PageOfDay) -> dict[str, int]:
    """How many people take part on the day, or did, by role, and how many have left."""
    count = dict.fromkeys(("mentor", "mentee", "either", "left", "hidden"), 0)
    is_over = page.cohort["ends"] < page.day
    for person in read_records("participants"):
        for part in person["cohorts"]:
            if part["cohort"] != page.cohort["id"] or part.get("state", "accepted") != "accepted":
                continue
            if not is_over and part.get("left_on", date.max) <= page.day:
                count["left"] += 1
                continue
            count[part["role"]] += 1
            shown_to = (person.get("consent") or {}).get("show", "coordinators")
            count["hidden"] += AUDIENCES.index(shown_to) > AUDIENCES.index(page.audience)
    return count


def describe_progress(page: PageOfDay) -> str:
    """How often and how long a pair has met, and how many check-ins it has answered."""
    minutes: dict[date, int] = {}
    for meeting in chain.from_iterable(c.get("meetings", ()) for c in page.check_ins):
        if meeting["on"] <= page.day:
            longer = max(meeting.get("minutes", 0), minutes.get(meeting["on"], 0))
            minutes[meeting["on"]] = longer
    per_date = page.cohort["check_ins"]["answers"] == "either"
    answers = {(c["due"], "" if per_date else c["participant"]) for c in page.check_ins}
    length = (
        "" if not sum(minutes.values()) else f" for {say_hours(sum(minutes.values()))} together"
    )
    times = f"met {len(minutes)} times{length} and" if minutes else "not met and have"
    noun = "check-in" if len(answers) == 1 else "check-ins"
    return f"So far the two have {times} answered {len(answers)} {noun}."


def list_ratings(page: PageOfDay) -> set[str]:
    """For each person and rating: the newest, and of how many answers it is."""
    found = set()
    for who in {c["participant"] for c in page.check_ins}:
        for what in ("useful", "relationship"):
            answers = sorted(
                (c["due"], c["ratings"][what])
                for c in page.check_ins
                if c["participant"] == who and what in c.get("ratings", {})
            )
            if answers:
                noun = "answer" if len(answers) == 1 else "answers"
                found.add(f"{answers[-1][1]} of 5 most recently, {len(answers)} {noun}")
    return found


def list_outcomes(page: PageOfDay) -> set[str]:
    """What became of each check-in that came, with its day."""
    grace = timedelta(days=page.cohort["check_ins"]["grace_days"])
    return {
        f"answered {'on time' if c['received_on'] <= c['due'] + grace else 'late'}, "
        f"{c['received_on'].day} {c['received_on']:%b}".replace("Sep", "Sept")
        for c in page.check_ins
    }


def is_distance(day: date, page: PageOfDay, number: int, unit: str) -> bool:
    """Whether a number of days, weeks or months is how far a day is, to the nearest."""
    days = {"day": 1, "week": 7, "month": 30}[unit.removesuffix("s")]
    return abs(abs((day - page.day).days) - number * days) <= days / 2


def holds_distance(page: PageOfDay, match: re.Match[str]) -> bool:
    day, is_past = date.fromisoformat(match["day"]), match["ago"] is not None
    return (
        is_distance(day, page, int(match["number"]), match["unit"]) and (day < page.day) == is_past
    )


def holds_last_meeting(page: PageOfDay, match: re.Match[str]) -> bool:
    pairs = {p["id"] for p in read_records("pairs") if p["cohort"] == page.cohort["id"]}
    of_pairs = [
        PageOfDay(f"pairs/{page.cohort['id']}/{pair}.md", page.day, page.audience) for pair in pairs
    ]
    last = [
        max(days)
        for pair in of_pairs
        if (
            days := [
                m["on"]
                for c in pair.check_ins
                for m in c.get("meetings", ())
                if m["on"] <= page.day
            ]
        )
    ]
    return any(is_distance(day, page, int(match["number"]), match["unit"]) for day in last)


def holds_members(page: PageOfDay, match: re.Match[str]) -> bool:
    count = count_members(page)
    tense = "took part" if page.cohort["ends"] < page.day else "take part"
    said = [int(n or 0) for n in (match["mentors"], match["mentees"], match["either"])]
    return said == [count[role] for role in ("mentor", "mentee", "either")] and (
        match["tense"] == tense
    )


def holds_agreement(page: PageOfDay, match: re.Match[str]) -> bool:
    agreed = page.pair["agreement"]
    return (
        agreed["agreed_on"].isoformat() == match["day"]
        and agreed["meets_every_weeks"] == EVERY[match["rhythm"]]
        and agreed["meeting_minutes"] == int(match["minutes"])
    )


def holds_minutes(page: PageOfDay, match: re.Match[str]) -> bool:
    """The minutes of an event, of a meeting of a circle, or of a module."""
    if page.path == "calendar.md":
        known = [event.get("minutes") for event in read_records("events")]
    elif page.path.startswith("circles/"):
        (circle,) = [c for c in read_records("circles") if c["id"] == page.id]
        known = [meeting.get("minutes") for meeting in circle["meetings"]]
    else:
        known = [read_modules()[page.id]["minutes"]]
    return int(match["number"]) in known


def holds_attendance(page: PageOfDay, match: re.Match[str]) -> bool:
    """How many people came to an event; that each is the right event's is tested by itself."""
    came = [len(event.get("attended", ())) for event in read_records("events")]
    return page.audience != "public" and int(match["number"]) in came


Holds = Callable[[PageOfDay, re.Match[str]], bool]
_DISTANCE = r"(?P<day>\d{4}-\d\d-\d\d), (in )?(?P<number>\d+) (?P<unit>\w+?s?)(?P<ago> ago)?"


def list_published_shares(page: PageOfDay) -> list[tuple[int, int]]:
    """The shares that aims are answered by in the report of the newest closed date."""
    report = build_report(
        load(ROOT).program, page.cohort["id"], None, None, page.audience, today=page.day
    )
    return [(row["part"], row["whole"]) for row in report.contents["aims_answered"]]


def holds_aim(count: Callable[[Record, date], tuple[int, int]]) -> Holds:
    def holds(page: PageOfDay, match: re.Match[str]) -> bool:
        until = re.search(r"by (\d+ \w+ \d{4})\.$", match[0])
        day = datetime.strptime(until[1], "%d %B %Y").replace(tzinfo=UTC).date()  # type: ignore[index]
        said = (0 if match["part"] == "none" else int(match["part"]), int(match["whole"]))
        counted = [count(page.cohort, min(day, page.day))]
        if page.audience != "coordinators":
            counted = list_published_shares(page)
        percent = int(Fraction(100 * said[0], said[1]) + Fraction(1, 2))
        return said in counted and percent == int(match["percent"])

    return holds


def holds_returned(page: PageOfDay, number: int) -> bool:
    if page.audience == "coordinators":
        return number == count_returned(page.cohort, page.day)[0]
    return number in [part for part, _whole in list_published_shares(page)]


def holds_nothing_yet(page: PageOfDay, _match: re.Match[str]) -> bool:
    """Before a cohort, there is nothing to measure."""
    return page.cohort["starts"] > page.day


_SHARE = r"(?:so far )?(?P<part>\d+|none) of (?P<whole>\d+)"
_TARGET = r"\((?P<percent>\d+)%\); the target is at least \d+% by [\w ]+\."

# Each sentence with a figure in it, and whether the files say the same.
HELD: dict[str, Holds] = {
    r"there is nothing to measure yet; the target is .*": holds_nothing_yet,
    rf"{_SHARE} pairs had an agreement and a goal within 30 days {_TARGET}":
        holds_aim(count_prepared),
    rf"{_SHARE} pairs finished {_TARGET}": holds_aim(count_completed),
    rf"{_SHARE} goals reached the expected step or a better one {_TARGET}":
        holds_aim(count_reached),
    rf"{_SHARE} goals reached the expected step or a better one \((?P<percent>\d+)%\), and of "
    r"\d+ it is not known; the target is at least \d+% by [\w ]+\.": holds_aim(count_reached),
    rf"{_SHARE} check-ins whose time was up came {_TARGET}": holds_aim(count_received),
    r"so far (?P<number>\d+) mentees came back to be mentors; .*": lambda page, match:
        holds_returned(page, int(match["number"])),
    _DISTANCE: holds_distance,
    rf"(Next check-in: |Next meeting: |The (cohort ends on|pair is planned until) ){_DISTANCE}":
        holds_distance,
    rf"A pair of NAME that begins on {_DISTANCE}\.": holds_distance,
    rf"\d{{4}}-\d\d-\d\d to \d{{4}}-\d\d-\d\d: begins {_DISTANCE}\.": holds_distance,
    rf"No cohort is running\. The next one, NAME, begins on {_DISTANCE}\.": holds_distance,
    rf"You can sign up for NAME until {_DISTANCE}\.": holds_distance,
    r"active, last met (?P<number>\d+) (?P<unit>\w+) ago": holds_last_meeting,
    r"(?P<mentors>\d+) mentors?(?: and|,) (?P<mentees>\d+) mentees?"
    r"(?: and (?P<either>\d+) (?:person|people) open to either role)? (?P<tense>to?a?o?ke? part)\.":
        holds_members,
    r"(?P<number>\d+) of them (is|are) not shown here\.":
        lambda page, match: int(match["number"]) == count_members(page)["hidden"],
    r"(?P<number>\d+) more (person has|people have) left\.":
        lambda page, match: int(match["number"]) == count_members(page)["left"],
    r"So far the two have .*": lambda page, match: (
        re.sub(r" for [\d.]+ \w+ together", "", describe_progress(page))
        if page.audience == "public" else describe_progress(page)) == match[0],
    r"\d of 5 most recently, .*": lambda page, match: match[0] in list_ratings(page),
    r"answered (on time|late), .*": lambda page, match: match[0] in list_outcomes(page),
    r"(was )?due (in )?\d+ \w+( ago)?": lambda page, match: True,
    r"Score: (?P<score>[\d.]+) out of 1\.":
        lambda page, match: f"{page.pair['match']['score']:.2f}" == match["score"],
    r"They agreed on (?P<day>[\d-]+) to meet (?P<rhythm>every[\w ]*) for (?P<minutes>\d+) minutes":
        holds_agreement,
    r"(?P<number>\d+) minutes": holds_minutes,
    r"(?P<number>\d+) minutes, for \w+\.": holds_minutes,
    r"(?P<number>\d+) people came\.": holds_attendance,
    r"Short modules .* Together they take (?P<number>\d+) minutes\.": lambda page, match:
        int(match["number"]) == sum(m["minutes"] for m in read_modules().values()),
    r"Meets every (?P<number>\d+) weeks": lambda page, match: int(match["number"]) in {
        c.get("meets_every_weeks") for c in read_records("circles") if c["id"] == page.id},
}  # fmt: skip
PAGES = re.compile(
    r"index\.md|calendar\.md|cohorts/[^/]+/index\.md|(?:pairs|circles|training)/(?!index).*|training/index\.md"
)


@cache
def find_figures(day: date, audience: Audience) -> tuple[tuple[PageOfDay, str], ...]:
    """Each sentence of the pages with a figure in it that Peerloom and not a person wrote."""
    program = load(ROOT).program
    names = [c.name for c in program.cohorts.values()]
    with use_language(MARKED_ENGLISH):
        made = render_pages(program, day, audience)
    return tuple(
        (PageOfDay(path, day, audience), sentence)
        for path, text in made.items()
        if PAGES.fullmatch(path) and path not in program.pages
        for sentence in _list_own(text, names)
    )


def _list_own(text: str, names: list[str]) -> Iterator[str]:
    """The sentences with a number, below no heading about signals, which are tested elsewhere."""
    text = re.sub(r"## ⟦What needs you⟧.*?(?=\n## |\Z)", "", text, flags=re.DOTALL)
    for sentence in list_sentences(text):
        plain = sentence
        for name in names:
            plain = plain.replace(name, "NAME")
        for word, number in WORDS.items():
            plain = re.sub(rf"\b{word}\b", number, plain)
        # Dates alone are no figures, and a quotation is somebody's own words.
        if re.search(r"\d", re.sub(r"\d{4}-\d\d-\d\d", "", plain)) and not plain.startswith(
            ("0 has reported", "What stays between them", "Now: ")
        ):
            yield plain


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("day", DAYS)
def test_every_figure_in_a_sentence_of_a_page_is_that_of_the_files(
    day: date, audience: Audience
) -> None:
    found = find_figures(day, audience)
    assert len(found) > 50
    for page, sentence in found:
        matching = [(m, holds) for p, holds in HELD.items() if (m := re.fullmatch(p, sentence))]
        assert matching, f"no test holds this sentence of {page.path}: {sentence}"
        assert all(holds(page, m) for m, holds in matching), (page, sentence)


@pytest.mark.parametrize("pattern", HELD)
def test_each_kind_of_sentence_stands_on_a_page(pattern: str) -> None:
    sentences = [s for day in DAYS for a in AUDIENCES for _, s in find_figures(day, a)]
    assert any(re.fullmatch(pattern, sentence) for sentence in sentences)


def test_each_event_says_how_many_people_came_to_it() -> None:
    text = render_pages(load(ROOT).program, AUTUMN, "members")["calendar.md"]
    sections = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    said = {
        section.split("{: #")[1].split(" ")[0]: int(match[1])
        for section in sections
        if (match := re.search(r"(\d+) people came\.", section))
    }
    attended = {e["id"]: len(e["attended"]) for e in read_records("events") if e.get("attended")}
    assert said == attended


@pytest.mark.parametrize("audience", ["members", "coordinators"])
def test_the_rows_of_a_pair_are_its_meetings_and_ratings(audience: Audience) -> None:
    made = render_pages(load(ROOT).program, AUTUMN, audience)
    shown = [f"pairs/{pair['cohort']}/{pair['id']}.md" for pair in read_records("pairs")]
    for path in made.keys() & shown:
        page = PageOfDay(path, AUTUMN, audience)
        numbers = made[path].partition("## The numbers")[2]
        meetings = {
            (m["on"].isoformat(), str(m.get("minutes", "")))
            for c in page.check_ins
            for m in c.get("meetings", ())
        }
        rows = re.findall(
            r'^\| <time datetime="([^"]*)"[^|]*\| (\d*) \| [^|]*\|$', numbers, re.MULTILINE
        )
        days = {day for day, _ in meetings}
        assert {day for day, _ in rows} == days and len(rows) == len(days)
        assert set(rows) <= meetings
