"""Dates of cohorts, and the vocabulary that everything else uses."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerloom.diagnostic import quoted
from peerloom.kinds import PROGRAM_FILE
from peerloom.model import Cohort, Event, Participant, Record, Resource, Settings
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.rules.wording import nearest
from peerloom.schedule import MOST_YEARS, due_dates, latest_end
from peerloom.source import Keys
from peerloom.text.dates import full_date


def a_cohort_starts_before_it_ends(program: Program, _: date) -> Iterator[Finding]:
    """A cohort, its phases and its application window begin before they end."""
    for cohort in program.cohorts.values():
        spans: list[tuple[Keys, date, date]] = [(("ends",), cohort.starts, cohort.ends)]
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
                help_ = "mend the year or exchange the two"
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def a_cohort_lasts_at_most_ten_years(program: Program, _: date) -> Iterator[Finding]:
    """A cohort lasts at most ten years, so that a mistyped year does not ask for ever."""
    for cohort in program.cohorts.values():
        if cohort.ends > latest_end(cohort):
            span = f"{full_date(cohort.starts)} to {full_date(cohort.ends)}"
            message = f"{span} must be at most {MOST_YEARS} years"
            help_ = "mend the year, or make a cohort for each round of the program"
            yield Finding(where=cohort, keys=("ends",), message=message, help=help_)


def what_a_cohort_plans_lies_inside_it(program: Program, _: date) -> Iterator[Finding]:
    """Check-ins lie inside their cohort, phases and milestones there or in its applications."""
    for cohort in program.cohorts.values():
        if cohort.ends < cohort.starts:
            continue
        for keys, day, starts in _planned(cohort):
            if not starts <= day <= cohort.ends:
                span = f"{full_date(starts)} to {full_date(cohort.ends)}"
                message = f"{full_date(day)} must lie inside the cohort, {span}"
                help_ = "mend this date, or the cohort's 'starts' and 'ends'"
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def _planned(cohort: Cohort) -> Iterator[tuple[Keys, date, date]]:
    """What is planned when, and the first day on which it may be."""
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


def a_schedule_says_when(program: Program, _: date) -> Iterator[Finding]:
    """A check-in schedule says every how many weeks or lists dates, one of the two."""
    for cohort in program.cohorts.values():
        schedule = cohort.check_ins
        if schedule is None:
            continue
        if (schedule.every_weeks is None) == (not schedule.dates):
            message = "check-ins must be due 'every_weeks' or on listed 'dates', one of the two"
            help_ = "for a check-in every two weeks write 'every_weeks: 2'"
            yield Finding(where=cohort, keys=("check_ins",), message=message, help=help_)
        elif not due_dates(cohort) and cohort.starts <= cohort.ends:
            message = "the schedule must have at least one due date before the cohort ends"
            help_ = "choose an earlier 'first' or fewer weeks"
            yield Finding(where=cohort, keys=("check_ins",), message=message, help=help_)


def a_skill_is_called_by_one_word(program: Program, _: date) -> Iterator[Finding]:
    """No two skills of the vocabulary share an id, a name or an alias."""
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
                message = f"{quoted(word)} must mean one skill, and means {quoted(first)} already"
                help_ = "take it out of one of the two"
                yield Finding(where=program.settings, keys=keys, message=message, help=help_)


def skills_are_in_the_vocabulary(program: Program, _: date) -> Iterator[Finding]:
    """A skill that a record names is in program.yml, by its id, its name or an alias."""
    if PROGRAM_FILE in program.broken:
        return
    for record in program.records():
        for keys, skill in _skills(record):
            if skill.casefold() not in program.skills:
                message = f"skill {quoted(skill)} must be in the vocabulary of content/program.yml"
                otherwise = "add it there under 'skills', or as an alias of one that is there"
                help_ = nearest(skill.casefold(), program.skills, otherwise)
                yield Finding(where=record, keys=keys, message=message, help=help_)


def _skills(record: Record) -> Iterator[tuple[Keys, str]]:
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
        if zone is not None and not _is_zone(zone):
            message = f"time zone {quoted(zone)} must be a name of the IANA database"
            help_ = nearest(zone, _zones(), "write continent and city, such as Europe/Lisbon")
            yield Finding(where=record, keys=("time_zone",), message=message, help=help_)


@cache
def _is_zone(name: str) -> bool:
    # Names that are paths or bare folders raise other errors than an unknown name does.
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415

    # The list that tzdata carries: the system's own may have other names.
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def languages_are_tags(program: Program, _: date) -> Iterator[Finding]:
    """A language is a BCP 47 tag, such as en, pt-BR or zh-Hant."""
    for record in program.records():
        for keys, tag in _languages(record):
            if not _is_language(tag):
                message = f"language {quoted(tag)} must be a BCP 47 tag, such as en or pt-BR"
                help_ = "write the two-letter code of the language, in small letters"
                yield Finding(where=record, keys=keys, message=message, help=help_)


def _languages(record: Record) -> Iterator[tuple[Keys, str]]:
    if isinstance(record, Settings | Participant):
        for index, tag in enumerate(record.languages):
            yield ("languages", index), tag
    elif isinstance(record, Resource) and record.language:
        yield ("language",), record.language


@cache
def _is_language(tag: str) -> bool:
    import langcodes  # noqa: PLC0415 - its tables take a while to load

    return bool(langcodes.tag_is_valid(tag)) and "_" not in tag
