"""Pairs and circles: who is in them, and from when to when."""

from collections.abc import Iterable, Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.kinds import KIND_BY_NAME, PROGRAM_FILE
from peerloom.model import Circle, Pair, Role
from peerloom.records import Program
from peerloom.rules.messages import have_records
from peerloom.rules.rule import Finding
from peerloom.schedule import MAX_YEARS, STATUSES_TAKING_TIME, latest_day
from peerloom.source import Keys
from peerloom.text.dates import full_date
from peerloom.text.phrases import count_noun, join_choices, join_words


def a_pair_is_two_people(program: Program, _: date) -> Iterator[Finding]:
    """A pair has a mentor and a mentee, or two peers, and not both."""
    for pair in program.pairs.values():
        is_led = pair.mentor is not None and pair.mentee is not None
        is_half = (pair.mentor is None) != (pair.mentee is None)
        if is_half or is_led == bool(pair.peers):
            message = "a pair must have 'mentor' and 'mentee', or two 'peers'"
            help_ = "write who the two are, in one of the two ways"
            yield Finding(where=pair, message=message, help=help_)


def nobody_pairs_with_themself(program: Program, _: date) -> Iterator[Finding]:
    """A pair is made of two different people."""
    for pair in program.pairs.values():
        if pair.mentor is not None and pair.mentor == pair.mentee:
            message = f"the mentee must not be the mentor, {quoted(pair.mentor)}"
            help_ = "write the id of the other person"
            yield Finding(where=pair, keys=("mentee",), message=message, help=help_)


def two_people_pair_once_in_a_cohort(program: Program, _: date) -> Iterator[Finding]:
    """Two people are one pair in a cohort, or two if each mentors the other's project."""
    first: dict[tuple[str, frozenset[str]], Pair] = {}
    for pair in program.pairs.values():
        if len(set(pair.people)) < 2:
            continue
        other = first.setdefault((pair.cohort, frozenset(pair.people)), pair)
        if other is not pair and not _are_two_projects(pair, other):
            who = join_words(quoted(id_) for id_ in pair.people)
            message = f"{who} must be a pair once in {quoted(pair.cohort)}"
            help_ = f"they are already in {program.path(other)}: keep one of the two files"
            yield Finding(where=pair, keys=_first_key(pair), message=message, help=help_)


def _are_two_projects(one: Pair, other: Pair) -> bool:
    are_reversed = one.people == tuple(reversed(other.people)) and not one.peers
    return are_reversed and None not in (one.team, other.team) and one.team != other.team


def excluded_people_are_not_paired(program: Program, _: date) -> Iterator[Finding]:
    """Nobody is in a running or proposed pair with somebody whom either of them excluded."""
    for pair in program.pairs.values():
        if pair.status not in STATUSES_TAKING_TIME:
            continue
        for who in pair.people:
            person = program.participants.get(who)
            for other in pair.people:
                if person and other != who and other in person.excluded:
                    message = f"{quoted(who)} must not be paired with {quoted(other)}"
                    help_ = f"one of the two asked for it: see 'excluded' in {program.path(person)}"
                    yield Finding(where=pair, keys=_first_key(pair), message=message, help=help_)


def mentors_stay_within_capacity(program: Program, _: date) -> Iterator[Finding]:
    """A mentor has no more mentees in a cohort than their capacity; a team counts as one."""
    loads: dict[tuple[str, str], dict[str, Pair]] = {}
    for pair in program.pairs.values():
        if pair.mentor is not None and pair.status in STATUSES_TAKING_TIME:
            places = loads.setdefault((pair.cohort, pair.mentor), {})
            places.setdefault(f"team {pair.team}" if pair.team else pair.id, pair)
    for (cohort, mentor), places in loads.items():
        capacity = capacity_of_mentor(program, cohort, mentor)
        if capacity is not None and len(places) > capacity:
            last = list(places.values())[-1]
            most = count_noun(capacity, "mentee")
            message = (
                f"{quoted(mentor)} must have at most {most} in "
                f"{quoted(cohort)}, and has {len(places)}"
            )
            help_ = f"find another mentor, or ask and set 'capacity' in {_file_of(mentor)}"
            yield Finding(where=last, keys=("mentor",), message=message, help=help_)


def _file_of(participant: str) -> str:
    return KIND_BY_NAME["participant"].path_for(participant)


def capacity_of_mentor(program: Program, cohort: str, mentor: str) -> int | None:
    """Return the mentor's own capacity, else the program's default, else `None` if unknown."""
    person = program.participants.get(mentor)
    memberships = [m for m in person.cohorts if m.cohort == cohort] if person else []
    if not memberships:
        return None
    own = [m.capacity for m in memberships if m.role != "mentee" and m.capacity is not None]
    if own:
        return max(own)
    is_known = PROGRAM_FILE not in program.broken
    return program.settings.defaults.capacity if is_known else None


def people_of_a_pair_are_in_its_cohort(program: Program, _: date) -> Iterator[Finding]:
    """The people of a pair take part in its cohort, mentor and mentee in that role."""
    for pair in program.pairs.values():
        if pair.mentor:
            yield from _find_non_member(program, pair, ("mentor",), pair.mentor, "mentor")
        if pair.mentee:
            yield from _find_non_member(program, pair, ("mentee",), pair.mentee, "mentee")
        for index, peer in enumerate(pair.peers):
            yield from _find_non_member(program, pair, ("peers", index), peer, None)


def people_of_a_circle_are_in_its_cohort(program: Program, _: date) -> Iterator[Finding]:
    """Everybody who is or was in a circle takes part in its cohort."""
    for circle in program.circles.values():
        for index, stay in enumerate(circle.stays):
            keys: Keys = ("stays", index, "participant")
            if stay.participant not in circle.people:
                yield from _find_non_member(program, circle, keys, stay.participant, None)
        for key, people in (("facilitators", circle.facilitators), ("members", circle.members)):
            role: Role | None = (
                "mentor" if circle.kind == "supervision" and key == "members" else None
            )
            for index, who in enumerate(people):
                yield from _find_non_member(program, circle, (key, index), who, role)


def _find_non_member(
    program: Program, record: Pair | Circle, keys: Keys, who: str, role: Role | None
) -> Iterator[Finding]:
    person = program.participants.get(who)
    if person is None or record.cohort not in program.cohorts:
        return  # `named-people-exist` and `named-cohorts-exist` report what is missing
    roles = {m.role for m in person.cohorts if m.cohort == record.cohort}
    fits = bool(roles) if role is None else bool(roles & {role, "either"})
    if not fits:
        as_what = f" as {role}" if role else ""
        message = f"{quoted(who)} must take part in {quoted(record.cohort)}{as_what}"
        help_ = f"add the cohort and role under 'cohorts' in {program.path(person)}"
        yield Finding(where=record, keys=keys, message=message, help=help_)


def circles_have_an_allowed_size(program: Program, _: date) -> Iterator[Finding]:
    """A circle has as many people as program.yml allows, facilitators included."""
    if PROGRAM_FILE in program.broken:
        return
    size = program.settings.defaults.circle_size
    for circle in program.circles.values():
        number = len(set(circle.people))
        fits = size.at_least <= number <= size.at_most
        if circle.status in ("active", "completed") and not fits:
            allowed = f"{size.at_least} to {size.at_most}"
            message = f"a circle must have {allowed} people, and {quoted(circle.id)} has {number}"
            help_ = "change its members, or 'circle_size' under 'defaults' in content/program.yml"
            yield Finding(where=circle, keys=("members",), message=message, help=help_)


def endings_have_a_date_and_a_reason(program: Program, _: date) -> Iterator[Finding]:
    """A pair or circle that is over says when it ended, and one that ended early also says why."""
    for record in _pairs_and_circles(program):
        is_over = record.status in ("completed", "ended_early")
        if is_over and record.ended_on is None:
            message = f"a {_kind_in_words(record)} that is over must say when it ended"
            help_ = "add 'ended_on' with the date"
            yield Finding(where=record, keys=("status",), message=message, help=help_)
        if record.status == "ended_early" and record.end_reason is None:
            message = f"a {_kind_in_words(record)} that ended early must say why"
            help_ = "add 'end_reason', such as time, poor_fit or moved_or_changed_role"
            yield Finding(where=record, keys=("status",), message=message, help=help_)
        if not is_over and record.ended_on is not None:
            message = (
                f"a {_kind_in_words(record)} that has ended must not be {quoted(record.status)}"
            )
            help_ = "set 'status' to completed or ended_early, or delete 'ended_on'"
            yield Finding(where=record, keys=("ended_on",), message=message, help=help_)


def beginnings_have_a_date(program: Program, today: date) -> Iterator[Finding]:
    """A pair or circle that is active or paused says when it began, and none ends before that."""
    for record in _pairs_and_circles(program):
        cohort = program.cohorts.get(record.cohort)
        began, ended = record.started_on, record.ended_on
        if began is None and record.status in ("active", "paused"):
            message = f"a {_kind_in_words(record)} that is {record.status} must say when it began"
            help_ = "add 'started_on' with the date"
            yield Finding(where=record, keys=("status",), message=message, help=help_)
        if began and cohort and cohort.ends and began > max(cohort.starts, cohort.ends):
            message = f"the start {full_date(began)} must be before {quoted(cohort.id)} is over"
            help_ = f"correct 'started_on' or 'cohort': its last day is {full_date(cohort.ends)}"
            yield Finding(where=record, keys=("started_on",), message=message, help=help_)
        if began and ended and ended < began:
            message = f"the end {full_date(ended)} must not be before the start {full_date(began)}"
            help_ = "correct 'started_on' or 'ended_on'"
            yield Finding(where=record, keys=("ended_on",), message=message, help=help_)
        if ended and ended > today:
            message = f"the end {full_date(ended)} must not be in the future"
            help_ = "leave 'ended_on' out until then"
            yield Finding(where=record, keys=("ended_on",), message=message, help=help_)


def planned_ends_are_possible(program: Program, _: date) -> Iterator[Finding]:
    """A pair plans to end after it began and after its cohort did, within ten years."""
    for pair in program.pairs.values():
        cohort = program.cohorts.get(pair.cohort)
        starts = pair.started_on or (cohort.starts if cohort else None)
        if pair.ends_on is None or starts is None:
            continue
        day = full_date(pair.ends_on)
        if pair.ends_on < starts:
            message = f"the planned end {day} must not be before the start {full_date(starts)}"
            help_ = "correct 'ends_on', or delete it if the pair ends with its cohort"
            yield Finding(where=pair, keys=("ends_on",), message=message, help=help_)
        elif pair.ends_on > latest_day(starts):
            message = f"the planned end {day} must be at most {MAX_YEARS} years after the start"
            help_ = "correct the year"
            yield Finding(where=pair, keys=("ends_on",), message=message, help=help_)


def pauses_end_before_the_next_begins(program: Program, _: date) -> Iterator[Finding]:
    """A pair's pauses are in order and do not overlap, and only the last may have no end."""
    for pair in program.pairs.values():
        before: date | None = None
        for index, pause in enumerate(pair.pauses):
            is_last = index == len(pair.pauses) - 1
            if (pause.ends or date.max) < pause.starts or (before and pause.starts <= before):
                message = (
                    f"the pause from {full_date(pause.starts)} must come after the one before it"
                )
                help_ = "correct its dates: a pause ends on or after the day it starts"
                yield Finding(where=pair, keys=("pauses", index), message=message, help=help_)
            if pause.ends is None and not is_last:
                message = "a pause must say when it ended before the next begins"
                help_ = "add its last day as 'ends'"
                yield Finding(where=pair, keys=("pauses", index), message=message, help=help_)
            before = pause.ends or date.max


def expectations_and_stories_are_by_the_pair(program: Program, _: date) -> Iterator[Finding]:
    """The expectations and stories of a pair are by one of its two people."""
    for pair in program.pairs.values():
        expectations = pair.agreement.expectations if pair.agreement else ()
        authors: list[tuple[Keys, str]] = [
            (("agreement", "expectations", i, "by"), e.by) for i, e in enumerate(expectations)
        ]
        authors += [(("stories", i, "by"), story.by) for i, story in enumerate(pair.stories)]
        for keys, by in authors:
            if by not in pair.people and have_records(program, (*pair.people, by)):
                two = join_choices(quoted(id_) for id_ in pair.people)
                message = f"{quoted(by)} must be one of the pair, {two}"
                yield Finding(where=pair, keys=keys, message=message, help="correct the id")


def _pairs_and_circles(program: Program) -> Iterable[Pair | Circle]:
    yield from program.pairs.values()
    yield from program.circles.values()


def _kind_in_words(record: Pair | Circle) -> str:
    return "pair" if isinstance(record, Pair) else "circle"


def _first_key(pair: Pair) -> Keys:
    return ("peers",) if pair.peers else ("mentee",)
