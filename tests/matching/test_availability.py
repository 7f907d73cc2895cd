"""Hours that people share in every week of a cohort: worked examples, and minute by minute."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerloom.matching.arrays import as_ints
from peerloom.matching.availability import CohortCalendar
from peerloom.model import Cohort, FreeTime, Participant

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PROGRAM = "America/Bogota"


def cohort(starts: str, ends: str) -> Cohort:
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    return Cohort(id="spring", name="Spring", starts=first, ends=last)


def person(name: str, zone: str | None, *times: str) -> Participant:
    free = (FreeTime(day=day, starts=a, ends=b) for day, a, b in map(str.split, times))
    return Participant(
        id=name.lower(), name=name, cohorts=(), time_zone=zone, availability=tuple(free)
    )


def hours(run: Cohort, one: Participant, *others: Participant) -> float:
    """What somebody shares with another or, of several others, with all of them at once."""
    calendar = CohortCalendar(run, [one, *others], PROGRAM)
    ours, theirs = calendar.free_weeks([[one]]), calendar.free_weeks([others])
    return float(ours.shared_hours(as_ints([0]), theirs, as_ints([0]))[0])


WINTER = cohort("2026-01-12", "2026-02-22")
# Clocks change on 8 March in New York, on 29 March in Europe, on 5 April in the south.
SPRING = cohort("2026-03-02", "2026-04-26")
BETWEEN = cohort("2026-03-09", "2026-03-22")


@pytest.mark.parametrize(
    ("run", "one", "other", "shared"),
    [
        pytest.param(
            WINTER,
            person("A", "America/New_York", "monday 12:00 14:00"),
            person("B", "Europe/Berlin", "monday 18:00 20:00"),
            2.0,
            id="six hours apart",
        ),
        pytest.param(
            BETWEEN,
            person("A", "America/New_York", "monday 12:00 14:00"),
            person("B", "Europe/Berlin", "monday 18:00 20:00"),
            1.0,
            id="five hours apart while only one side's clocks have changed",
        ),
        pytest.param(
            SPRING,
            person("A", "America/New_York", "monday 12:00 14:00"),
            person("B", "Europe/Berlin", "monday 18:00 20:00"),
            1.0,
            id="the week with the least counts",
        ),
        pytest.param(
            SPRING,
            person("A", "Australia/Sydney", "monday 19:00 22:00"),
            person("B", "Europe/Berlin", "monday 09:00 12:00"),
            1.0,
            id="one side's clocks go back where the other's go on",
        ),
        pytest.param(
            cohort("2026-03-02", "2026-03-29"),
            person("A", "Australia/Sydney", "monday 19:00 22:00"),
            person("B", "Europe/Berlin", "monday 09:00 12:00"),
            3.0,
            id="before either changes",
        ),
        pytest.param(
            SPRING,
            person("A", "Australia/Lord_Howe", "friday 20:00 21:00"),
            person("B", "Asia/Tokyo", "friday 18:00 19:00"),
            0.5,
            id="clocks that change by half an hour",
        ),
        pytest.param(
            WINTER,
            person("A", "Asia/Kathmandu", "tuesday 18:00 20:00"),
            person("B", "Europe/London", "tuesday 12:00 14:00"),
            1.75,
            id="a zone of three quarters of an hour",
        ),
        pytest.param(
            WINTER,
            person("A", "Asia/Kolkata", "tuesday 18:00 20:00"),
            person("B", "Asia/Kathmandu", "tuesday 18:00 20:00"),
            1.75,
            id="two zones a quarter of an hour apart",
        ),
        pytest.param(
            WINTER,
            person("A", "Pacific/Auckland", "monday 08:00 10:00"),
            person("B", "America/New_York", "sunday 14:00 16:00"),
            2.0,
            id="Monday here is Sunday there",
        ),
        pytest.param(
            WINTER,
            person("A", "Pacific/Kiritimati", "sunday 22:00 23:59", "monday 00:00 02:00"),
            person("B", "Pacific/Honolulu", "saturday 22:00 23:59", "sunday 00:00 02:00"),
            4.0,
            id="a day apart, and free past midnight",
        ),
        pytest.param(
            WINTER,
            person("A", "Asia/Kathmandu", *(f"{day} 00:00 23:59" for day in DAYS)),
            person("B", "America/St_Johns", *(f"{day} 00:00 23:59" for day in DAYS)),
            168.0,
            id="a whole week",
        ),
        pytest.param(
            WINTER,
            person("A", "Europe/Berlin", "monday 10:05 11:50"),
            person("B", "Europe/Berlin", "monday 10:05 11:50"),
            1.5,
            id="only whole quarters of an hour count",
        ),
        pytest.param(
            WINTER,
            person("A", "Europe/Berlin", "monday 10:05 10:20"),
            person("B", "Europe/Berlin", "monday 10:05 10:20"),
            0.0,
            id="no whole quarter of an hour",
        ),
        pytest.param(
            WINTER,
            person("A", "Europe/Berlin", "monday 10:00 12:00", "monday 11:00 13:00"),
            person("B", "Europe/Berlin", "monday 09:00 14:00"),
            3.0,
            id="times that overlap count once",
        ),
        pytest.param(
            WINTER,
            person("A", "Mars/Olympus_Mons", "monday 10:00 12:00"),
            person("B", PROGRAM, "monday 10:00 12:00"),
            2.0,
            id="an unknown zone is taken as the program's",
        ),
        pytest.param(
            WINTER,
            person("A", None, "monday 10:00 12:00"),
            person("B", PROGRAM, "monday 10:00 12:00"),
            2.0,
            id="no zone is taken as the program's",
        ),
    ],
)
def test_people_share_the_hours_that_their_clocks_say(run, one, other, shared) -> None:
    assert hours(run, one, other) == hours(run, other, one) == shared


@pytest.mark.parametrize("ends", ["2026-03-30", "2026-03-31", "2026-04-12"])
@pytest.mark.parametrize("starts", ["2026-03-02", "2026-03-20", "2026-03-29"])
def test_the_first_and_the_last_week_count_however_few_of_their_days_belong(starts, ends) -> None:
    berlin = person("A", "Europe/Berlin", "monday 10:00 12:00")
    tokyo = person("B", "Asia/Tokyo", "monday 18:00 20:00")
    assert hours(cohort(starts, ends), berlin, tokyo) == 1.0
    # A Monday before all of the cohort has the clocks of its first day.
    before = 1.0 if starts == "2026-03-29" else 2.0
    assert hours(cohort(starts, "2026-03-29"), berlin, tokyo) == before


@pytest.mark.parametrize("zone", ["", "Europe", "../../etc/passwd", "a\0b", "Ü", "x" * 5000])
def test_no_name_of_a_zone_does_harm(zone) -> None:
    here = person("B", PROGRAM, "monday 10:00 12:00")
    assert hours(WINTER, person("A", zone, "monday 10:00 12:00"), here) == 2.0


def test_a_team_shares_the_hours_at_which_all_of_it_are_free() -> None:
    mentor = person("A", "Europe/Berlin", "monday 08:00 18:00")
    team = (
        person("B", "Europe/London", "monday 08:00 12:00"),
        person("C", "Europe/Helsinki", "monday 12:00 16:00"),
        person("D", "Asia/Tokyo"),
    )
    assert hours(WINTER, mentor, *team) == 2.0


def test_who_has_not_said_when_they_are_free_is_not_known_to_be_free() -> None:
    silent, said = person("A", "Asia/Tokyo"), person("B", "Asia/Tokyo", "monday 10:00 10:05")
    weeks = CohortCalendar(WINTER, [silent, said], PROGRAM).free_weeks(
        [[silent], [said], [silent, said], []]
    )
    assert weeks.known.tolist() == [False, True, True, False]


def test_nobody_shares_hours_with_nobody() -> None:
    nobody = CohortCalendar(WINTER, [], PROGRAM).free_weeks([])
    assert nobody.shared_hours(as_ints([]), nobody, as_ints([])).tolist() == []


# The same, computed minute by minute from the time zone database. Each day keeps the offset of its
# noon, and a day outside the cohort that of the nearest inside.


def mondays(run: Cohort) -> Iterator[datetime]:
    """Midnight in UTC of each week that has a day of the cohort."""
    day = run.starts - timedelta(days=run.starts.weekday())
    while day <= run.ends:
        yield datetime.combine(day, time(), UTC)
        day += timedelta(days=7)


def ahead(someone: Participant, run: Cohort, day: date) -> timedelta:
    """How far somebody's clocks are ahead of UTC."""
    inside = min(max(day, run.starts), run.ends)
    offset = datetime.combine(inside, time(12), ZoneInfo(someone.time_zone)).utcoffset()
    assert offset is not None
    return offset


def free_minutes(someone: Participant) -> set[int]:
    """Minutes of the local week."""
    spans = (
        (DAYS.index(t.day) * 1440, *(60 * int(c[:2]) + int(c[3:]) for c in (t.starts, t.ends)))
        for t in someone.availability
    )
    return {m for day, a, b in spans for m in range(day + a, day + b + (b == 1439))}


def free_in(run: Cohort, someone: Participant, monday: datetime) -> set[int]:
    """Minutes from a Monday midnight in UTC, in the seven days that follow."""
    minute = timedelta(minutes=1)
    return {
        (local - ahead(someone, run, (monday + local * minute).date()) // minute) % (7 * 1440)
        for local in free_minutes(someone)
    }


def shared_hours(run: Cohort, one: Participant, other: Participant) -> float:
    """Whole quarters of an hour, in the week with the least."""
    weeks = (free_in(run, one, monday) & free_in(run, other, monday) for monday in mondays(run))
    quarters = (
        sum(week.issuperset(range(start, start + 15)) for start in range(0, 7 * 1440, 15))
        for week in weeks
    )
    return min(quarters) / 4


ZONES = st.sampled_from(
    [
        "America/New_York",
        "America/Santiago",
        "America/St_Johns",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Australia/Sydney",
        "Europe/Berlin",
        "Europe/London",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "Pacific/Niue",
    ]
)
CLOCKS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
FULL = st.builds("{:02d}:{}".format, st.integers(0, 23), st.sampled_from(["00", "30"]))
# From a time to the end of the day too: most people drawn share something.
SPANS = st.tuples(CLOCKS | FULL, CLOCKS | FULL | st.just("23:59")).map(sorted)
PEOPLE = st.builds(
    lambda name, zone, days: person(
        name, zone, *(f"{day} {a} {b}" for day, (a, b) in days.items())
    ),
    st.sampled_from(["Ada", "Bola"]),
    ZONES,
    st.dictionaries(st.sampled_from(DAYS), SPANS, min_size=1),
)
COHORTS = st.builds(
    lambda first, days: Cohort(
        id="run", name="Run", starts=first, ends=first + timedelta(days=days)
    ),
    st.dates(date(2026, 2, 20), date(2026, 4, 3)) | st.dates(date(2026, 9, 14), date(2026, 10, 30)),
    st.integers(0, 27),
)


@settings(max_examples=50)
@given(COHORTS, PEOPLE, PEOPLE)
def test_hours_are_those_computed_minute_by_minute(run, one, other) -> None:
    assert hours(run, one, other) == shared_hours(run, one, other)


def test_a_meeting_is_told_in_the_time_of_each_and_where_it_moves_in_both() -> None:
    people = (
        person("Ada", "America/New_York", "monday 12:00 14:00"),
        person("Bola", "Africa/Lagos", "monday 17:00 21:00"),
    )
    assert CohortCalendar(SPRING, people, PROGRAM).meeting_times(people, 3) == (
        "Monday 12:00 for Ada (America/New_York); "
        "Monday 18:00, 17:00 in some weeks for Bola (Africa/Lagos)",
        "Monday 13:00 for Ada (America/New_York); "
        "Monday 19:00, 18:00 in some weeks for Bola (Africa/Lagos)",
    )


@pytest.mark.parametrize("only_then", ["friday 14:00 15:00", "friday 15:00 16:00"])
def test_a_time_that_suits_in_some_weeks_alone_is_not_proposed(only_then) -> None:
    people = (
        person("Ada", "America/New_York", "friday 09:00 10:00"),
        person("Bola", "Africa/Lagos", only_then),
    )
    assert CohortCalendar(SPRING, people, PROGRAM).meeting_times(people, 3) == ()


def test_a_meeting_that_moves_past_midnight_is_told_with_both_days() -> None:
    people = (
        person("Ada", "Europe/Berlin", "monday 16:00 17:00"),
        person("Bola", "Asia/Tokyo", "monday 23:00 23:59", "tuesday 00:00 01:00"),
    )
    assert CohortCalendar(SPRING, people, PROGRAM).meeting_times(people, 3) == (
        "Monday 16:00 for Ada (Europe/Berlin); "
        "Tuesday 00:00, Monday 23:00 in some weeks for Bola (Asia/Tokyo)",
    )


def test_a_meeting_may_go_past_midnight() -> None:
    night = ("sunday 23:30 23:59", "monday 00:00 00:30")
    people = (person("Ada", "Europe/Berlin", *night), person("Bola", "Europe/Paris", *night))
    assert CohortCalendar(WINTER, people, PROGRAM).meeting_times(people, 3) == (
        "Sunday 23:30 for Ada (Europe/Berlin); Sunday 23:30 for Bola (Europe/Paris)",
    )


def test_meetings_are_on_different_days_where_they_can_be() -> None:
    free = ("monday 10:00 14:00", "thursday 10:00 11:00")
    people = (person("Ada", "Europe/Berlin", *free), person("Bola", "Europe/Paris", *free))
    times = CohortCalendar(WINTER, people, PROGRAM).meeting_times(people, 3)
    assert [told.partition(" for ")[0] for told in times] == [
        "Monday 10:00",
        "Monday 11:00",
        "Thursday 10:00",
    ]


def test_no_meeting_is_proposed_to_who_has_not_said_when_they_are_free() -> None:
    people = (person("Ada", "Europe/Berlin", "monday 10:00 14:00"), person("Bola", "Europe/Paris"))
    assert CohortCalendar(WINTER, people, PROGRAM).meeting_times(people, 3) == ()


def own_minute(
    run: Cohort, local: int, monday: datetime, first: Participant, other: Participant
) -> int:
    """A minute of the first one's week, in the other's."""
    minute = timedelta(minutes=1)
    day = (monday + local * minute).date()
    moment = monday + local * minute - ahead(first, run, day)
    there = moment + ahead(other, run, day)
    own = moment + ahead(other, run, in_week(there, monday))
    return own.weekday() * 1440 + own.hour * 60 + own.minute


def in_week(moment: datetime, monday: datetime) -> date:
    """The day of this week that has a moment's weekday."""
    return monday.date() + timedelta(days=moment.weekday())


def suiting(run: Cohort, people: tuple[Participant, ...]) -> dict[int, list[set[int]]]:
    """The half hours of the first one's week from which all are free for an hour, in each week.

    With each, when in their own week that is for each of the people.
    """
    free = [free_minutes(p) for p in people]
    found: dict[int, list[set[int]]] = {}
    for local in range(0, 7 * 1440, 30):
        told = [set() for _ in people]
        for monday in mondays(run):
            for times, someone in zip(told, people, strict=True):
                times.add(own_minute(run, local, monday, people[0], someone))
        if all(
            (minute + n) % (7 * 1440) in minutes
            for minutes, times in zip(free, told, strict=True)
            for minute in times
            for n in range(60)
        ):
            found[local] = told
    return found


def told_times(text: str) -> set[int]:
    """The minutes of the week that a text names; a time without a day is of the day before it."""
    found, day = set(), ""
    for word, clock_ in re.findall(r"(?:([A-Z]\w+day) )?(\d\d:\d\d)", text):
        day = word.lower() or day
        found.add(DAYS.index(day) * 1440 + int(clock_[:2]) * 60 + int(clock_[3:]))
    return found


@settings(max_examples=120)
@given(COHORTS, st.lists(PEOPLE, min_size=2, max_size=3).map(tuple), st.integers(1, 5))
def test_meetings_suit_everybody_in_every_week(run, people, most) -> None:
    suit = suiting(run, people)
    times = CohortCalendar(run, people, PROGRAM).meeting_times(people, most)
    told = [[told_times(part) for part in text.split("; ")] for text in times]
    starts = [next(iter(parts[0])) for parts in told]
    assert told == [suit.get(start) for start in starts]
    assert starts == sorted(starts)
    assert all(b - a >= 60 for a, b in pairwise(starts))
    days = {start // 1440 for start in suit}
    assert len({start // 1440 for start in starts}) == min(most, len(days))


def test_a_day_has_its_own_clocks_in_the_week_in_which_they_change() -> None:
    # On Saturday 28 March 2026 Jerusalem's clocks have changed, and Lisbon's have not.
    lisbon = person("A", "Europe/Lisbon", "saturday 18:00 20:00")
    jerusalem = person("B", "Asia/Jerusalem", "saturday 20:00 22:00")
    assert hours(cohort("2026-03-02", "2026-03-22"), lisbon, jerusalem) == 2.0
    assert hours(cohort("2026-03-02", "2026-04-26"), lisbon, jerusalem) == 1.0
