"""Cohorts and their dates, and words that must be known: skills, time zones, languages."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerloom.diagnostic import quoted
from peerloom.kinds import PROGRAM_FILE
from peerloom.model import Cohort, Event, Participant, Record, Resource, Settings
from peerloom.records import Program
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.schedule import MAX_YEARS, due_dates, last_planned_day, latest_day
from peerloom.source import Keys
from peerloom.text.dates import full_date


def a_cohort_starts_before_it_ends(program: Program, _: date) -> Iterator[Finding]:
    """A cohort, its phases and its application window begin before they end."""
    for cohort in program.cohorts.values():
        spans: list[tuple[Keys, date, date]] = []
        if cohort.ends:
            spans.append((("ends",), cohort.starts, cohort.ends))
        if cohort.applications:
            window = cohort.applications
            spans.append((("applications", "closes"), window.opens, window.closes))
        for index, phase in enumerate(cohort.phases):
            spans.append((("phases", index, "ends"), phase.starts, phase.ends))
        for keys, starts, ends in spans:
            if ends < starts:
                message = (
                    f"the end {full_date(ends)} must not be before the start {full_date(starts)}"
                )
                help_ = "correct the year, or exchange the two dates"
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def a_cohort_lasts_at_most_ten_years(program: Program, _: date) -> Iterator[Finding]:
    """A cohort lasts at most ten years: a mistyped year must not ask for check-ins for ever."""
    for cohort in program.cohorts.values():
        if cohort.ends and cohort.ends > latest_day(cohort.starts):
            span = f"{full_date(cohort.starts)} to {full_date(cohort.ends)}"
            message = f"{span} must be at most {MAX_YEARS} years"
            help_ = "correct the year, or make a cohort for each round of the program"
            yield Finding(where=cohort, keys=("ends",), message=message, help=help_)


def cohort_plans_lie_inside_the_cohort(program: Program, _: date) -> Iterator[Finding]:
    """Check-ins are due while the cohort runs; phases and milestones may be as early as sign-up.

    Where a pair outlives its cohort, check-ins may be due until that pair is to end.
    """
    for cohort in program.cohorts.values():
        last = last_planned_day(cohort, program.pairs_of(cohort.id))
        if cohort.is_over(cohort.starts):
            continue
        for keys, day, starts in _list_planned_days(cohort):
            ends = last if keys[0] == "check_ins" else cohort.ends
            if not starts <= day <= (ends or date.max):
                span = (
                    f"{full_date(starts)} to {full_date(ends)}"
                    if ends
                    else f"from {full_date(starts)} on"
                )
                message = f"{full_date(day)} must lie inside the cohort, {span}"
                help_ = "correct this date, or the cohort's 'starts' and 'ends'"
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def _list_planned_days(cohort: Cohort) -> Iterator[tuple[Keys, date, date]]:
    """Yield the keys of each planned day, the day, and the earliest day that it may be."""
    opens = cohort.starts
    if cohort.applications:
        opens = min(opens, cohort.applications.opens)
        closes = cohort.applications.closes
        yield ("applications", "closes"), closes, min(opens, closes)
    for index, phase in enumerate(cohort.phases):
        yield ("phases", index, "starts"), phase.starts, opens
        yield ("phases", index, "ends"), phase.ends, opens
    for index, milestone in enumerate(cohort.milestones):
        yield ("milestones", index, "on"), milestone.on, opens
    if cohort.check_ins:
        for index, due in enumerate(cohort.check_ins.dates):
            yield ("check_ins", "dates", index), due, cohort.starts
        if cohort.check_ins.first:
            yield ("check_ins", "first"), cohort.check_ins.first, cohort.starts


def schedules_have_due_dates(program: Program, _: date) -> Iterator[Finding]:
    """A check-in schedule has either an interval in weeks or a list of dates.

    In a cohort without an end it is an interval, counted from the start of each pair.
    """
    for cohort in program.cohorts.values():
        schedule = cohort.check_ins
        if schedule is None:
            continue
        if (schedule.every_weeks is None) == (not schedule.dates):
            message = "check-ins must be due 'every_weeks' or on listed 'dates', one of the two"
            help_ = "for a check-in every two weeks write 'every_weeks: 2'"
            yield Finding(where=cohort, keys=("check_ins",), message=message, help=help_)
        elif cohort.ends is None:
            yield from _find_shared_dates(cohort)
        elif not due_dates(cohort) and cohort.starts <= cohort.ends:
            message = "the schedule must have at least one due date before the cohort ends"
            help_ = "choose an earlier 'first' or fewer weeks"
            yield Finding(where=cohort, keys=("check_ins",), message=message, help=help_)


def _find_shared_dates(cohort: Cohort) -> Iterator[Finding]:
    for key in ("first", "dates"):
        if cohort.check_ins and getattr(cohort.check_ins, key):
            message = (
                f"'{key}' must not be given in a cohort without an end, where due dates are "
                "counted from the start of each pair"
            )
            help_ = "write 'every_weeks' alone, or add the cohort's last day as 'ends'"
            yield Finding(where=cohort, keys=("check_ins", key), message=message, help=help_)


def terms_are_of_cohorts_without_an_end(program: Program, _: date) -> Iterator[Finding]:
    """A cohort with an end does not say how many weeks a pair lasts: its pairs end with it."""
    for cohort in program.cohorts.values():
        if cohort.ends and cohort.pair_weeks:
            message = "'pair_weeks' must not be given together with 'ends'"
            help_ = "delete one of the two; a pair with an end of its own has 'ends_on'"
            yield Finding(where=cohort, keys=("pair_weeks",), message=message, help=help_)


def skill_names_are_unambiguous(program: Program, _: date) -> Iterator[Finding]:
    """No two skills of the vocabulary share an id, a name or an alias, in whatever case."""
    owner: dict[str, str] = {}
    ids: set[str] = set()
    for index, skill in enumerate(program.settings.skills):
        if skill.id in ids:
            message = f"skill {quoted(skill.id)} must be listed only once"
            keys: Keys = ("skills", index, "id")
            yield Finding(where=program.settings, keys=keys, message=message, help="join the two")
            continue
        ids.add(skill.id)
        words: list[tuple[Keys, str]] = [
            (("skills", index, "id"), skill.id),
            (("skills", index, "name"), skill.name),
        ]
        words += [(("skills", index, "aliases", i), a) for i, a in enumerate(skill.aliases)]
        for keys, word in words:
            first = owner.setdefault(word.casefold(), skill.id)
            if first != skill.id:
                message = f"{quoted(word)} must mean one skill, and already means {quoted(first)}"
                help_ = "remove it from one of the two"
                yield Finding(where=program.settings, keys=keys, message=message, help=help_)


def skills_are_in_the_vocabulary(program: Program, _: date) -> Iterator[Finding]:
    """A skill that a record names is in program.yml, by its id, its name or an alias."""
    if PROGRAM_FILE in program.broken:
        return
    for record in program.records():
        for keys, skill in _list_skills(record):
            if skill.casefold() not in program.skills:
                message = f"skill {quoted(skill)} must be in the vocabulary of content/program.yml"
                otherwise = "add it there under 'skills', or as an alias of another skill"
                help_ = suggest_nearest(skill.casefold(), program.skills, otherwise)
                yield Finding(where=record, keys=keys, message=message, help=help_)


def _list_skills(record: Record) -> Iterator[tuple[Keys, str]]:
    if isinstance(record, Participant):
        for index, known in enumerate(record.skills_offered):
            yield ("skills_offered", index, "skill"), known.skill
        for index, known in enumerate(record.skills_wanted):
            yield ("skills_wanted", index, "skill"), known.skill
    elif isinstance(record, Event | Resource):
        for index, skill in enumerate(record.skills):
            yield ("skills", index), skill


def time_zones_exist(program: Program, _: date) -> Iterator[Finding]:
    """A time zone is one of the IANA database, such as Europe/Lisbon."""
    for record in program.records():
        zone = record.time_zone if isinstance(record, Settings | Participant | Event) else None
        if zone is not None and not _is_time_zone(zone):
            message = f"time zone {quoted(zone)} must be a name of the IANA database"
            help_ = suggest_nearest(
                zone, _list_time_zones(), "write continent and city, such as Europe/Lisbon"
            )
            yield Finding(where=record, keys=("time_zone",), message=message, help=help_)


@cache
def _is_time_zone(name: str) -> bool:
    # Names that are paths or folders raise other errors than an unknown name does.
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name in _list_time_zones()


@cache
def _list_time_zones() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415

    # The list of the `tzdata` package, because the system's own list may have other names.
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def languages_are_tags(program: Program, _: date) -> Iterator[Finding]:
    """A language is a BCP 47 tag, such as en, pt-BR or zh-Hant."""
    for record in program.records():
        for keys, tag in _list_languages(record):
            if not _is_language(tag):
                message = f"language {quoted(tag)} must be a BCP 47 tag, such as en or pt-BR"
                help_ = "write the two-letter code of the language, in lower case"
                yield Finding(where=record, keys=keys, message=message, help=help_)


def _list_languages(record: Record) -> Iterator[tuple[Keys, str]]:
    if isinstance(record, Settings | Participant):
        for index, tag in enumerate(record.languages):
            yield ("languages", index), tag
    elif isinstance(record, Resource) and record.language:
        yield ("language",), record.language


@cache
def _is_language(tag: str) -> bool:
    import langcodes  # noqa: PLC0415 - its tables take a while to load

    return bool(langcodes.tag_is_valid(tag)) and "_" not in tag
